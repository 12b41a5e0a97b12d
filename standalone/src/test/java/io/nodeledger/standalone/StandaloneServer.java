package io.nodeledger.standalone;

import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.instance.Instance;
import io.nodeledger.standalone.instance.InstanceSettings;
import io.nodeledger.standalone.instance.RuntimeFile;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The whole product on a free port and a folder of its own, with the simulators fifty times as fast: the same code as
 * {@code ./nodeledger up}, or {@code up --separate} when the system property {@code nodeledger.test.mode} is {@code separate}.
 * Most tests want {@link #shared()}; a test that stops it starts its own.
 */
public final class StandaloneServer implements AutoCloseable {
    /** The workspace that is there from the start. */
    public static final String WORKSPACE = "ws-demo";

    private static final double TIME_SCALE = 0.02;

    /** Of each service; none when all of them are in this process. */
    private static final int INSTANCES =
            System.getProperty("nodeledger.test.mode", "").equals("separate") ? 2 : 0;

    /**
     * Tests ask oftener than people do, all with a few tokens from one address, and don't wait long for samples; on a busy
     * machine they wait longer for what they have written.
     */
    private static final Map<String, String> IMPATIENT = Map.ofEntries(
            Map.entry("nodeledger.telemetry.sample-interval", "1s"),
            Map.entry("nodeledger.telemetry.detail-interval", "2s"),
            Map.entry("nodeledger.usage.stale-after", "10s"),
            Map.entry("nodeledger.kubernetes.observation-interval", "1s"),
            Map.entry("nodeledger.query.position-wait", "25s"),
            Map.entry("nodeledger.webhooks.allow-insecure-targets", "true"),
            Map.entry("nodeledger.webhooks.poll", "200ms"),
            Map.entry("nodeledger.health.observation-timeout", "10s"),
            Map.entry("nodeledger.health.failed-after", "3s"),
            Map.entry("nodeledger.health.recovered-after", "3s"),
            Map.entry("nodeledger.rate-limit.reads-per-caller", "1000000"),
            Map.entry("nodeledger.rate-limit.writes-per-caller", "1000000"),
            Map.entry("nodeledger.rate-limit.reads-per-workspace", "1000000"),
            Map.entry("nodeledger.rate-limit.writes-per-workspace", "1000000"),
            Map.entry("nodeledger.rate-limit.per-address", "1000000"));

    private final DataFolder folder;
    private final Map<String, String> more;
    private final int instances;
    private Instance instance;
    private RuntimeFile runtime;

    private StandaloneServer(double timeScale, Map<String, String> more, int instances) {
        this.instances = instances;
        this.more = Map.copyOf(more);
        try {
            folder = new DataFolder(Files.createTempDirectory("nodeledger-standalone-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        instance = new Instance(settings(timeScale));
        runtime = started(instance);
    }

    /** The server of this test JVM. */
    public static StandaloneServer shared() {
        return Shared.SERVER;
    }

    /** A server of one's own. */
    public static StandaloneServer own(double timeScale) {
        return own(timeScale, Map.of());
    }

    /** A server of one's own, with settings besides those of all tests. */
    public static StandaloneServer own(double timeScale, Map<String, String> settings) {
        return new StandaloneServer(timeScale, settings, INSTANCES);
    }

    /** A server of one's own whose services are processes of their own, so many of each. */
    public static StandaloneServer separate(double timeScale, int instances) {
        return new StandaloneServer(timeScale, Map.of(), instances);
    }

    /** How it is reached. */
    public RuntimeFile runtime() {
        return runtime;
    }

    /** Where it keeps what it knows. */
    public DataFolder folder() {
        return folder;
    }

    /** The services' Spring context. Who asks for it is left out where the services are processes of their own. */
    public ApplicationContext context() {
        Assumptions.assumeTrue(instances == 0, "There is no looking inside of another process");
        return instance.context();
    }

    /** What the services have written, wherever they are. */
    public JdbcClient jdbc() {
        return JdbcClient.create(
                new DriverManagerDataSource(runtime.jdbcUrl(), runtime.jdbcUser(), runtime.jdbcPassword()));
    }

    /** A client that acts in a workspace. */
    public Api as(String workspace, String role) {
        return as(workspace, role, runtime.baseUrl());
    }

    /** The same of one process. */
    public Api as(String workspace, String role, String baseUrl) {
        var request = new TokenRequest("test-" + role, workspace, role, false, Duration.ofMinutes(10));
        return new Api(baseUrl, () -> token(request));
    }

    /** A client of the platform's operators. */
    public Api asOperator() {
        return new Api(runtime.baseUrl(), () -> token(TokenRequest.operator("test-operator")));
    }

    /** A token of this installation. */
    public String token(TokenRequest request) {
        try {
            return Tokens.of(folder).mint(request);
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Stops as SIGTERM does, and starts again on the same folder. */
    public void restart() throws IOException {
        restart(() -> {});
    }

    /** What is done to the folder while nothing runs on it. */
    @FunctionalInterface
    public interface Meanwhile {
        void happens() throws IOException;
    }

    /** The same, and what happens before it starts again. */
    public void restart(Meanwhile meanwhile) throws IOException {
        instance.close();
        meanwhile.happens();
        instance = new Instance(settings(TIME_SCALE));
        runtime = started(instance);
    }

    @Override
    public void close() throws IOException {
        instance.close();
        try (var files = Files.walk(folder.root())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private InstanceSettings settings(double timeScale) {
        var properties = new HashMap<>(IMPATIENT);
        properties.putAll(more);
        return new InstanceSettings(folder, 0, timeScale, properties).separate(instances);
    }

    private static RuntimeFile started(Instance instance) {
        try {
            return instance.start();
        } catch (Exception failure) {
            throw new IllegalStateException("The server did not start", failure);
        }
    }

    private static final class Shared {
        private static final StandaloneServer SERVER = make();

        private static StandaloneServer make() {
            var server = own(TIME_SCALE);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.close();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }));
            return server;
        }
    }
}
