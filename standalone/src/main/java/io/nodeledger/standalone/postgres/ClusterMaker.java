package io.nodeledger.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/** Makes the data of a new server. It is made beside its place and renamed: a crash leaves all of it or none. */
final class ClusterMaker {
    private static final long MAKE_SECONDS = 120;

    private ClusterMaker() {}

    static void make(PostgresPrograms programs, Path home, Path data, String superuser, Path passwordFile)
            throws IOException {
        Path beside = home.resolve("data.new");
        delete(beside);
        programs.run(
                MAKE_SECONDS,
                "initdb",
                "--pgdata=" + beside,
                "--username=" + superuser,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--sync-method=syncfs");
        Files.move(beside, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
