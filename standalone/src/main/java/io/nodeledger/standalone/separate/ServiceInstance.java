package io.nodeledger.standalone.separate;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process of a service. It ends with this one, also when this one is killed. */
public final class ServiceInstance {
    /** As {@code ./nodeledger up} has it for everything in one process. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xss512k",
            "-Xmx256m",
            "-XX:MaxMetaspaceSize=192m",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8",
            "-Ddisable-axoniq-console-message=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** Who does not live long enough for the second compiler has processes that don't either. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /** Longer than a look at who is ready takes to be repeated. */
    private static final Duration DRAIN_DELAY = Duration.ofSeconds(1);

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final long STOPS_WITHIN_SECONDS = 25;

    private final Service service;
    private final int number;
    private final Process process;
    private final Path portsFile;
    private volatile @Nullable Ports ports;
    private volatile boolean ready;

    /** Where it serves. */
    public record Ports(int api, int management) {}

    private ServiceInstance(Service service, int number, Process process, Path portsFile) {
        this.service = service;
        this.number = number;
        this.process = process;
        this.portsFile = portsFile;
    }

    /**
     * Starts the process; it is ready later.
     *
     * @param settings a file that only its owner may read: secrets are on no command line
     * @param logs the folder of its log
     */
    static ServiceInstance start(Service service, int number, Path settings, Path logs) throws IOException {
        return start(service, number, settings, logs, List.of());
    }

    /**
     * The same with more options of the JVM.
     *
     * @param options such as the AOT cache to start from
     */
    public static ServiceInstance start(Service service, int number, Path settings, Path logs, List<String> options)
            throws IOException {
        String name = service.module() + "-" + number;
        Path portsFile = settings.resolveSibling(name + ".ports");
        Files.deleteIfExists(portsFile);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        if (ManagementFactory.getRuntimeMXBean().getInputArguments().contains(QUICK)) {
            command.add(QUICK);
        }
        command.addAll(options);
        command.addAll(List.of(
                "-jar",
                service.program().toString(),
                "--spring.config.additional-location=" + settings.toUri(),
                "--spring.jmx.enabled=false",
                "--logging.file.name=" + logs.resolve(name + ".log"),
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--management.server.address=127.0.0.1",
                "--management.server.port=0",
                "--nodeledger.process.drain-delay=" + DRAIN_DELAY.toMillis() + "ms",
                "--nodeledger.process.ports-file=" + portsFile,
                "--nodeledger.process.supervisor=" + ProcessHandle.current().pid()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve(name + ".out").toFile())
                .start();
        return new ServiceInstance(service, number, process, portsFile);
    }

    Service service() {
        return service;
    }

    int number() {
        return number;
    }

    /** Null until it serves. */
    @Nullable
    Ports ports() {
        return ports;
    }

    /** Its process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Whether it took requests when it was asked last. */
    public boolean isReady() {
        return ready;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** A request could not reach it: no other one is sent there until it has been looked at again. */
    void isUnreachable() {
        ready = false;
    }

    /** Asks it whether it takes requests. */
    public void probe(HttpClient http) throws InterruptedException {
        try {
            var found = ports == null ? read() : ports;
            ports = found;
            ready = found != null && process.isAlive() && answers(http, found.management());
        } catch (IOException silent) {
            ready = false;
        }
    }

    private @Nullable Ports read() throws IOException {
        if (!Files.exists(portsFile)) {
            return null;
        }
        List<String> lines = Files.readAllLines(portsFile);
        return new Ports(Integer.parseInt(lines.getFirst()), Integer.parseInt(lines.get(1)));
    }

    private static boolean answers(HttpClient http, int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .timeout(PROBE_TIMEOUT)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** Waits for its end. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks it to end, as an operating system does. */
    void signal() {
        process.destroy();
    }

    /** Waits for the end that it was asked for, and is not patient for ever. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
