package io.nodeledger.standalone.postgres;

import io.nodeledger.standalone.Obstacle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the server's programs. PostgreSQL refuses to run as root, so root runs it in a user namespace of its own, in
 * which it is nobody.
 */
final class PostgresPrograms {
    private final PostgresBinaries binaries;
    private final Path output;
    private final List<String> prefix;

    PostgresPrograms(PostgresBinaries binaries, Path output) {
        this.binaries = binaries;
        this.output = output;
        this.prefix = "root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of();
    }

    /**
     * Runs a program to its end.
     *
     * @throws IOException when it fails; its last words are in the message
     */
    void run(long seconds, String program, String... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        var process = start(command);
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " took longer than " + seconds + " s", new TimeoutException(program));
            }
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + program + " ran", stopped);
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + " failed: " + lastWords());
        }
    }

    /** Output goes to a file: a server that inherited a pipe would keep it open for ever. */
    private Process start(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException absent) {
            if (prefix.isEmpty()) {
                throw absent;
            }
            throw new Obstacle(
                    "PostgreSQL doesn't run as root and the program unshare is missing: start as another user, or"
                            + " install util-linux.",
                    absent);
        }
    }

    private String lastWords() throws IOException {
        var lines = Files.readAllLines(output);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
