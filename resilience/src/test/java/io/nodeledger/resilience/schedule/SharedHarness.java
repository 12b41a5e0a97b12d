package io.nodeledger.resilience.schedule;

import io.nodeledger.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A harness for all tests of a class, in a folder that goes with it. */
final class SharedHarness implements AfterAllCallback, AutoCloseable {
    private final Path folder = makeFolder();
    private final Harness harness = make(folder);

    Harness harness() {
        return harness;
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        harness.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path makeFolder() {
        try {
            return Files.createTempDirectory("nodeledger-resilience-");
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static Harness make(Path folder) {
        try {
            return Harness.in(folder, PostgresServer.newDatabase());
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }
}
