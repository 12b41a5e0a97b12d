package io.nodeledger.resilience.world;

import io.nodeledger.resilience.crash.CrashSwitch;
import io.nodeledger.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;

/**
 * An instance in a JVM of its own, so that it can be killed as a process is killed. It takes one command a line, see
 * {@link NodeCommands}, and answers each with a line.
 */
public final class ForkedLife implements AutoCloseable {
    private static final String READY = "ready";

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;

    private ForkedLife(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts it and waits until it takes commands. */
    static ForkedLife start(TestDatabase database, Stream<String> settings) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ForkedLife.class.getName(),
                database.url(),
                database.user()));
        settings.forEach(command::add);
        var life = new ForkedLife(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        if (!life.answer().equals(Optional.of(READY))) {
            throw new IOException("The forked instance did not start");
        }
        return life;
    }

    /** Sends a command; nothing when the process died before it answered. */
    public Optional<String> send(String command) {
        commands.println(command);
        return answer();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets it stand still, as a machine does that is out of memory or moved to another host. */
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets it go on, as if no time had passed. */
    public void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int refused = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (refused != 0) {
            throw new IOException("The forked instance can't be sent " + signal);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Optional<String> answer() {
        try {
            return Optional.ofNullable(answers.readLine());
        } catch (IOException died) {
            return Optional.empty();
        }
    }

    /** The other process: database and settings in its arguments, commands on its standard input. */
    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var database = new TestDatabase(arguments[0], arguments[1], arguments[1]);
        try (var life = Life.start(
                        database,
                        new CrashSwitch(),
                        new WorldClock(),
                        Arrays.stream(arguments).skip(2));
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println(READY);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                life.bean(CommandGateway.class).sendAndWait(NodeCommands.parse(line));
                out.println("done");
            }
        }
    }
}
