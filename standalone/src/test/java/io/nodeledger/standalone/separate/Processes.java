package io.nodeledger.standalone.separate;

import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.instance.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An installation's processes as an operating system sees them. */
record Processes(DataFolder folder, int each) {

    /** All that live. */
    Stream<ProcessHandle> all() {
        return having(folder.processes().toString());
    }

    /** A process of a service, when it lives. */
    Optional<ProcessHandle> of(Service service, int number) {
        return having(portsFile(service, number).toString()).findFirst();
    }

    /** Whether all are there and take requests. */
    boolean areWhole() {
        return Arrays.stream(Service.values())
                .allMatch(service -> IntStream.rangeClosed(1, each).allMatch(number -> isReady(service, number)));
    }

    /** Where a process serves the API. */
    String url(Service service, int number) throws IOException {
        return "http://127.0.0.1:" + port(service, number, 0);
    }

    private boolean isReady(Service service, int number) {
        if (of(service, number).isEmpty()) {
            return false;
        }
        try (var health = new Api("http://127.0.0.1:" + port(service, number, 1) + "/actuator/health", () -> "none")) {
            return health.get("/readiness").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String port(Service service, int number, int line) throws IOException {
        return Files.readAllLines(portsFile(service, number)).get(line);
    }

    private Path portsFile(Service service, int number) {
        return folder.processes().resolve(service.module() + "-" + number + ".ports");
    }

    private static Stream<ProcessHandle> having(String word) {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> Arrays.stream(arguments).anyMatch(argument -> argument.contains(word)))
                        .orElse(false));
    }
}
