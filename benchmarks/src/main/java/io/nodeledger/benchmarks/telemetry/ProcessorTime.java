package io.nodeledger.benchmarks.telemetry;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The processor time that this process and the database beside it have used. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** Of this process. */
    static Duration ofThisProcess() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return Duration.ofNanos(system.getProcessCpuTime());
    }

    /** Of the processes that it has started: PostgreSQL's. */
    static Duration ofChildren() {
        return ProcessHandle.current()
                .descendants()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
