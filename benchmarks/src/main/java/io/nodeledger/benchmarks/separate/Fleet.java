package io.nodeledger.benchmarks.separate;

import io.nodeledger.standalone.separate.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Processes of an installation, reached one by one and not by the gateway.
 *
 * @param run the folder in which they say where they serve
 */
record Fleet(Path run) {

    /** Where a process serves the API. */
    String url(Service service, int number) throws IOException {
        return "http://127.0.0.1:"
                + Files.readAllLines(portsFile(service, number)).getFirst();
    }

    /** The processor time that a process has used. */
    Duration processorTime(Service service, int number) {
        return process(service, number).info().totalCpuDuration().orElseThrow();
    }

    /** Halts both processes of services, as if they had machines of their own. */
    void rest(List<Service> services) throws IOException, InterruptedException {
        signal("-STOP", services);
    }

    /** Lets them go on. */
    void goOn(List<Service> services) throws IOException, InterruptedException {
        signal("-CONT", services);
    }

    private void signal(String signal, List<Service> services) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", signal));
        for (Service service : services) {
            command.add(Long.toString(process(service, 1).pid()));
            command.add(Long.toString(process(service, 2).pid()));
        }
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(command + " ended with status " + status);
        }
    }

    private ProcessHandle process(Service service, int number) {
        String file = portsFile(service, number).toString();
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info()
                        .arguments()
                        .map(all -> Arrays.stream(all).anyMatch(argument -> argument.endsWith(file)))
                        .orElse(false))
                .findFirst()
                .orElseThrow();
    }

    private Path portsFile(Service service, int number) {
        return run.resolve(service.module() + "-" + number + ".ports");
    }
}
