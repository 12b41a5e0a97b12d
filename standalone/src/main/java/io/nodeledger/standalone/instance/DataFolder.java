package io.nodeledger.standalone.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that holds all of an installation's state.
 *
 * @param root its absolute path
 */
public record DataFolder(Path root) {
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** The folder, made if it isn't there. */
    public DataFolder created() {
        try {
            Files.createDirectories(root);
            Files.createDirectories(logFile().getParent());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + root + " can't be made", e);
        }
    }

    /** Held by the instance that uses the folder. */
    public Path lockFile() {
        return root.resolve("instance.lock");
    }

    /** How to reach the instance, while it runs. */
    public Path runtimeFile() {
        return root.resolve("runtime.json");
    }

    /** The signing key and other secrets, readable by their owner only. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** The public half of the signing key as a key set. */
    public Path keySet() {
        return root.resolve("jwks.json");
    }

    /** PostgreSQL's data. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** Kafka's data. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** The state of a region's simulators. */
    public Path region(String id) {
        return root.resolve("regions").resolve(id);
    }

    /** What the processes of an installation need only while they run. */
    public Path processes() {
        return root.resolve("run");
    }

    /** The current log; older ones lie beside it. */
    public Path logFile() {
        return root.resolve("logs").resolve("nodeledger.log");
    }
}
