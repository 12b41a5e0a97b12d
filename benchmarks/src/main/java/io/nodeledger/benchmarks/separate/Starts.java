package io.nodeledger.benchmarks.separate;

import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.separate.Service;
import io.nodeledger.standalone.separate.ServiceInstance;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How long a further process of a service takes to be ready, what that costs and what it holds then: with an AOT cache and without. */
final class Starts {
    /** Those that are scaled while somebody waits. */
    private static final List<Service> SERVICES = List.of(Service.COMMAND, Service.QUERY);

    private static final int TIMES = 3;
    private static final int NUMBER = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final PrintStream out;
    private final DataFolder folder;

    private record Start(double seconds, double processorSeconds, double megabytes) {}

    Starts(PrintStream out, DataFolder folder) {
        this.out = out;
        this.folder = folder;
    }

    void measure() throws IOException, InterruptedException {
        out.println("A further process: seconds to ready, seconds of processor time, MB resident (medians of " + TIMES
                + ")");
        try (var http = HttpClient.newHttpClient()) {
            for (Service service : SERVICES) {
                Path cache = folder.processes().resolve(service.module() + ".aot");
                Start plain = median(http, service, List.of());
                start(http, service, List.of("-XX:AOTCacheOutput=" + cache));
                Start cached = median(http, service, List.of("-XX:AOTCache=" + cache));
                out.printf(
                        "%-17s without %5.1f %5.1f %4.0f   with %5.1f %5.1f %4.0f   ratios %.2f %.2f %.2f%n",
                        service.module(),
                        plain.seconds(),
                        plain.processorSeconds(),
                        plain.megabytes(),
                        cached.seconds(),
                        cached.processorSeconds(),
                        cached.megabytes(),
                        cached.seconds() / plain.seconds(),
                        cached.processorSeconds() / plain.processorSeconds(),
                        cached.megabytes() / plain.megabytes());
            }
        }
    }

    private Start median(HttpClient http, Service service, List<String> options)
            throws IOException, InterruptedException {
        var starts = new Start[TIMES];
        for (int time = 0; time < TIMES; time++) {
            starts[time] = start(http, service, options);
        }
        return new Start(
                median(starts, Start::seconds),
                median(starts, Start::processorSeconds),
                median(starts, Start::megabytes));
    }

    private static double median(Start[] starts, ToDoubleFunction<Start> of) {
        return IntStream.range(0, TIMES)
                .mapToDouble(time -> of.applyAsDouble(starts[time]))
                .sorted()
                .toArray()[TIMES / 2];
    }

    /** Starts a process, looks at it when it is ready, and ends it. */
    private Start start(HttpClient http, Service service, List<String> options)
            throws IOException, InterruptedException {
        Path settings = folder.processes().resolve("services.properties");
        Path logs = folder.logFile().resolveSibling(".").normalize();
        long begin = System.nanoTime();
        var instance = ServiceInstance.start(service, NUMBER, settings, logs, options);
        try {
            while (!instance.isReady()) {
                if (System.nanoTime() - begin > PATIENCE.toNanos()
                        || !instance.process().isAlive()) {
                    throw new IllegalStateException(service.module() + " does not get ready with " + options);
                }
                Thread.sleep(LOOK);
                instance.probe(http);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            var used = instance.process().info().totalCpuDuration().orElseThrow();
            return new Start(
                    seconds,
                    used.toMillis() / 1e3,
                    residentMegabytes(instance.process().pid()));
        } finally {
            instance.stop();
        }
    }

    private static double residentMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }
}
