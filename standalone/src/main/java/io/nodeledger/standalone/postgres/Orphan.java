package io.nodeledger.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A postmaster that outlived the process that started it, as after {@code kill -9}. The caller holds the data folder's
 * lock, so a server on this data belongs to nobody; it must end before another may start on the same data.
 */
final class Orphan {
    private static final Logger log = LoggerFactory.getLogger(Orphan.class);
    private static final long PATIENCE_SECONDS = 10;

    private Orphan() {}

    /** Ends the server that runs on the data, if there is one. */
    static void endOn(Path data) throws IOException {
        var orphan = on(data);
        if (orphan.isEmpty()) {
            return;
        }
        log.warn(
                "A PostgreSQL server of an earlier run still works on {}: stopping process {}",
                data,
                orphan.get().pid());
        // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, from which it recovers by its log.
        if (!ends(orphan.get(), "-INT") && !ends(orphan.get(), "-QUIT")) {
            throw new IOException("The PostgreSQL server of an earlier run, process "
                    + orphan.get().pid() + ", doesn't stop");
        }
    }

    /** A process is only believed to be the server when it says so itself: process ids are used again. */
    private static Optional<ProcessHandle> on(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(pidFile);
        if (lines.size() < 2 || !Path.of(lines.get(1).strip()).equals(data)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(process -> servesFrom(process, data));
    }

    private static boolean servesFrom(ProcessHandle process, Path data) {
        var info = process.info();
        return info.command().map(command -> command.endsWith("postgres")).orElse(false)
                && info.arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(data.toString()))
                        .orElse(false);
    }

    private static boolean ends(ProcessHandle process, String signal) throws IOException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        try {
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            return true;
        } catch (CompletionException late) {
            if (late.getCause() instanceof TimeoutException) {
                return false;
            }
            throw late;
        }
    }
}
