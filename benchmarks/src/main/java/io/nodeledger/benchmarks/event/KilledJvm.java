package io.nodeledger.benchmarks.event;

import io.nodeledger.standalone.kafka.EmbeddedKafka;
import io.nodeledger.webhook.WebhookServiceApplication;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A broker or a service in a JVM of its own, to be killed as {@code kill -9} does. */
final class KilledJvm implements AutoCloseable {
    private static final String READY = "ready ";
    private static final String BROKER = "broker";

    private final Process process;
    private final String address;

    private KilledJvm(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** A broker on a folder; it comes back on the same port. */
    static KilledJvm broker(Path folder) throws IOException {
        return start(List.of(BROKER, folder.toString()));
    }

    /** The service that tells others. */
    static KilledJvm service(List<String> arguments) throws IOException {
        return start(arguments);
    }

    /** The broker's address, or the service's port. */
    String address() {
        return address;
    }

    private static KilledJvm start(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-Ddisable-axoniq-console-message=true",
                "-cp",
                System.getProperty("java.class.path"),
                KilledJvm.class.getName()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return new KilledJvm(process, line.substring(READY.length()));
            }
        }
        throw new IOException("It did not start: " + arguments);
    }

    /** Ends it without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The other process; it lives until it is killed. */
    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (arguments[0].equals(BROKER)) {
            out.println(READY + EmbeddedKafka.start(Path.of(arguments[1])).bootstrapServers());
        } else {
            var service = (ServletWebServerApplicationContext) new SpringApplication(WebhookServiceApplication.class)
                    .run(Arrays.copyOf(arguments, arguments.length));
            out.println(READY + service.getEnvironment().getProperty("local.server.port"));
        }
        while (System.in.read() >= 0) {
            // Nothing is ever said; when the other side is gone, so is this one.
        }
        Runtime.getRuntime().halt(0);
    }
}
