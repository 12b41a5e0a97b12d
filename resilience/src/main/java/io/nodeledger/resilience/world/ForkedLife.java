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
    static ForkedLife start(TestDatabase database, String[] regionArguments) throws IOException {
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
        command.addAll(Arrays.asList(regionArguments));
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

    /** The other process: database and region in its arguments, commands on its standard input. */
    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var database = new TestDatabase(arguments[0], arguments[1], arguments[1]);
        String[] region = Arrays.copyOfRange(arguments, 2, arguments.length);
        try (var life = Life.start(database, region, new CrashSwitch(), Life.SOLE);
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println(READY);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                life.bean(CommandGateway.class).sendAndWait(NodeCommands.parse(line));
                out.println("done");
            }
        }
    }
}
