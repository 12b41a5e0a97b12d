package io.nodeledger.benchmarks.separate;

import io.nodeledger.standalone.separate.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

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
        String file = portsFile(service, number).toString();
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info()
                        .arguments()
                        .map(all -> Arrays.stream(all).anyMatch(argument -> argument.endsWith(file)))
                        .orElse(false))
                .findFirst()
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private Path portsFile(Service service, int number) {
        return run.resolve(service.module() + "-" + number + ".ports");
    }
}
