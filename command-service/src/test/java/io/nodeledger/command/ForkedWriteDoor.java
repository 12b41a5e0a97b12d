package io.nodeledger.command;

import io.nodeledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;

/** The application in a JVM of its own, so that it can be killed as a process is killed. */
final class ForkedWriteDoor implements AutoCloseable {
    private final Process process;
    private final int port;
    private volatile boolean killed;

    private ForkedWriteDoor(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it and waits until it takes requests. */
    static ForkedWriteDoor start(TestDatabase database, TestIssuer issuer) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Ddisable-axoniq-console-message=true",
                "-cp",
                System.getProperty("java.class.path"),
                ForkedWriteDoor.class.getName()));
        // Attempts that are too many, and a machine that is short of time, are not what its tests are about.
        RunningWriteDoor.arguments(
                        database,
                        issuer,
                        "--nodeledger.rate-limit.enabled=false",
                        "--nodeledger.datasource.transaction-timeout=30s",
                        "--nodeledger.datasource.idle-timeout=30s",
                        "--logging.level.root=warn")
                .forEach(command::add);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port = process.inputReader().readLine();
        if (port == null) {
            throw new IOException("The forked instance did not start");
        }
        return new ForkedWriteDoor(process, Integer.parseInt(port));
    }

    ApiCaller caller(String token) {
        return new ApiCaller(port, token, List.of());
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        killed = true;
        process.destroyForcibly().waitFor();
    }

    /** Whether it was told to end, so that broken connections are no wonder. */
    boolean isKilled() {
        return killed;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The other process: tells its port and ends with the test's, whose end closes its standard input. */
    public static void main(String[] arguments) throws IOException {
        var answers = System.out;
        System.setOut(System.err);
        try (var service = SpringApplication.run(CommandServiceApplication.class, arguments)) {
            answers.println(Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port")));
            while (System.in.read() >= 0) {
                // Nobody writes.
            }
        }
    }
}
