package io.nodeledger.benchmarks.telemetry;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The processor time that this process and the database beside it have used. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** Of this process. */
    static Duration ofThisProcess() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return Duration.ofNanos(system.getProcessCpuTime());
    }

    /** Of the PostgreSQL server with that data, which is no child of this process, and of its processes. */
    static Duration ofPostgres(Path data) throws IOException {
        long server = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() == server
                        || process.parent()
                                .filter(parent -> parent.pid() == server)
                                .isPresent())
                .map(process -> process.info().totalCpuDuration().orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
