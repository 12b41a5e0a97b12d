package io.nodeledger.benchmarks.instance;

import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.instance.Instance;
import io.nodeledger.standalone.instance.InstanceSettings;
import io.nodeledger.standalone.instance.RuntimeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import org.springframework.context.ApplicationContext;

/** An instance whose providers take no time, in a folder of its own; nothing is left of it when it is closed. */
public final class TemporaryInstance implements AutoCloseable {
    /** The settings of most benchmarks: callers are few and ask more than people do. */
    public static final Map<String, String> UNLIMITED = Map.of("nodeledger.rate-limit.enabled", "false");

    private final Path root;
    private final Instance instance;
    private final RuntimeFile runtime;

    /**
     * Starts it.
     *
     * @throws Exception when it does not start; then, too, nothing is left
     */
    public TemporaryInstance(Map<String, String> settings) throws Exception {
        this(folder -> new InstanceSettings(folder, 0, 0, settings));
    }

    /**
     * Starts one whose clusters have so many shared nodes.
     *
     * @throws Exception when it does not start; then, too, nothing is left
     */
    public TemporaryInstance(Map<String, String> settings, int sharedNodes) throws Exception {
        this(folder -> new InstanceSettings(folder, 0, 0, sharedNodes, settings));
    }

    /**
     * Starts one whose services are so many processes each.
     *
     * @throws Exception when it does not start; then, too, nothing is left
     */
    public static TemporaryInstance separate(Map<String, String> settings, int each) throws Exception {
        return new TemporaryInstance(folder -> new InstanceSettings(folder, 0, 0, settings).separate(each));
    }

    private TemporaryInstance(Function<DataFolder, InstanceSettings> settings) throws Exception {
        root = Files.createTempDirectory("nodeledger-bench-");
        instance = new Instance(settings.apply(new DataFolder(root)));
        try {
            runtime = instance.start();
        } catch (Exception failure) {
            close();
            throw failure;
        }
    }

    /** How it is reached. */
    public RuntimeFile runtime() {
        return runtime;
    }

    /** Where it keeps what it knows. */
    public DataFolder folder() {
        return new DataFolder(root);
    }

    /** Its services. */
    public ApplicationContext context() {
        return instance.context();
    }

    @Override
    public void close() throws IOException {
        try {
            instance.close();
        } finally {
            delete(root);
        }
    }

    /** Removes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
