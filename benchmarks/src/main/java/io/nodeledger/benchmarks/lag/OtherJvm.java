package io.nodeledger.benchmarks.lag;

import io.nodeledger.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A reader in a process of its own, which reports the age of each event at its arrival. */
final class OtherJvm implements AutoCloseable {

    private static final String READY = "ready";
    private static final String AGE = "age ";
    private static final int STOPPING_SECONDS = 20;

    private final Process process;
    private final BufferedReader output;
    private final CompletableFuture<Void> reading;

    OtherJvm(TickStore.Kind kind, TestDatabase database, LongConsumer ages) throws IOException {
        this.process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Ddisable-axoniq-console-message=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherJvm.class.getName(),
                        kind.name(),
                        database.url(),
                        database.user(),
                        database.password())
                .redirectError(Redirect.DISCARD)
                .start();
        this.output = process.inputReader(StandardCharsets.UTF_8);
        readUntil(READY, ages);
        this.reading = CompletableFuture.runAsync(() -> readUntil(null, ages));
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        // Through the handle: the process itself would close the output that is still being read.
        process.toHandle().destroy();
        process.onExit().orTimeout(STOPPING_SECONDS, TimeUnit.SECONDS).join();
        reading.join();
    }

    private void readUntil(@Nullable String last, LongConsumer ages) {
        output.lines().takeWhile(line -> !line.equals(last)).forEach(line -> {
            if (line.startsWith(AGE)) {
                ages.accept(Long.parseLong(line.substring(AGE.length())));
            }
        });
    }

    /** Runs in the other process until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var database = new TestDatabase(arguments[1], arguments[2], arguments[3]);
        var kind = TickStore.Kind.valueOf(arguments[0]);
        try (var _ = kind.open(database, tick -> out.println(AGE + tick.ageNanos()))) {
            out.println(READY);
            while (System.in.read() >= 0) {
                // Nothing is ever said; the end of input is the sign to stop.
            }
        }
    }
}
