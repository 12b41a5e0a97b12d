package io.nodeledger.standalone.instance;

import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.kafka.EmbeddedKafka;
import io.nodeledger.standalone.postgres.EmbeddedPostgres;
import io.nodeledger.standalone.region.Regions;
import io.nodeledger.standalone.token.SigningKey;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import io.nodeledger.webhook.secret.SecretsHealth;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/**
 * One installation in this process: what it embeds, started side by side, then the services on top of it. {@link
 * #close} may come at any time, also while it starts.
 */
public final class Instance implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Instance.class);

    private final InstanceSettings settings;
    private final Parts parts = new Parts();
    private volatile @Nullable Services services;
    private volatile @Nullable RuntimeFile runtime;

    public Instance(InstanceSettings settings) {
        this.settings = settings;
    }

    /** Whether the start has come to its end. */
    public boolean isReady() {
        return runtime != null;
    }

    /**
     * Starts everything and returns when the API is usable.
     *
     * @throws Obstacle when something is in the way that a person can remove
     */
    public RuntimeFile start() throws Exception {
        try {
            return startParts();
        } catch (Exception failure) {
            parts.close();
            throw failure;
        }
    }

    /** The services' Spring context, for those who look inside. */
    public ApplicationContext context() {
        var running = services;
        if (running == null) {
            throw new IllegalStateException("The services do not run in this process");
        }
        return running.context();
    }

    /** What a person should see to although everything has started; each a sentence. */
    public List<String> warnings() {
        var here = services;
        return here == null
                ? List.of()
                : here.context().getBean(SecretsHealth.class).problem().stream().toList();
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }

    private RuntimeFile startParts() throws Exception {
        long begin = System.nanoTime();
        var folder = settings.folder().created();
        parts.add("the folder's lock", FolderLock.claim(folder));
        RuntimeFile.removeFrom(folder);
        Ports.requireFree(settings.port());
        var chosen = new ChosenSettings(settings);
        var derived = new LinkedHashMap<String, Object>();
        Optional<Regions> regions;
        try (ExecutorService side = Executors.newCachedThreadPool()) {
            var database = side.submit(timed("PostgreSQL", () -> startDatabase(chosen)));
            var kafka = side.submit(timed("Kafka", () -> startKafka(chosen)));
            var simulated = side.submit(timed("the regions", () -> startRegions(chosen)));
            SigningKey.ensure(folder);
            derived.putAll(result(database));
            derived.putAll(result(kafka));
            regions = result(simulated);
        }
        regions.map(Regions::properties).ifPresent(derived::putAll);
        derived.putAll(tokenSettings(chosen, folder));
        if (!chosen.has("nodeledger.webhooks.encryption-keys")) {
            derived.put("nodeledger.webhooks.encryption-keys", WebhookKey.of(folder));
        }
        log.info("The embedded parts took {} ms", millisSince(begin));
        var started = parts.add("the services", startServices(chosen, derived));
        var made = started.runtime(folder, regions.map(Regions::controlUrls).orElse(Map.of()));
        var tokens = Tokens.of(folder);
        if (!chosen.has("nodeledger.jwt.jwks-url")) {
            try (var api = new Api(made.baseUrl(), () -> tokens.mint(TokenRequest.operator("standalone")))) {
                DemoWorkspace.ensure(api, DemoWorkspace.past(made));
            }
        }
        parts.add("runtime.json", () -> RuntimeFile.removeFrom(folder));
        made.writeTo(folder);
        runtime = made;
        log.info("Ready after {} ms", millisSince(begin));
        return made;
    }

    private RunningServices startServices(ChosenSettings chosen, Map<String, Object> derived)
            throws IOException, InterruptedException {
        if (settings.instances() > 0) {
            return SeparateServices.start(settings, chosen, derived);
        }
        var here = Services.start(settings, derived);
        services = here;
        return here;
    }

    private Map<String, Object> startDatabase(ChosenSettings chosen) throws Exception {
        if (chosen.has("nodeledger.datasource.url")) {
            return Map.of();
        }
        var folder = settings.folder();
        var postgres = parts.add(
                "PostgreSQL",
                EmbeddedPostgres.start(folder.postgres(), folder.keys().resolve("postgres-password")));
        // Without other processes the folder's lock makes this the database's only instance.
        return Map.of(
                "nodeledger.sole-instance",
                settings.instances() == 0,
                "nodeledger.datasource.url",
                postgres.jdbcUrl(),
                "nodeledger.datasource.username",
                EmbeddedPostgres.USER,
                "nodeledger.datasource.password",
                postgres.password());
    }

    private Map<String, Object> startKafka(ChosenSettings chosen) throws Exception {
        if (chosen.has("nodeledger.kafka.bootstrap-servers")) {
            return Map.of();
        }
        var kafka = parts.add("Kafka", EmbeddedKafka.start(settings.folder().kafka()));
        return Map.of("nodeledger.kafka.bootstrap-servers", kafka.bootstrapServers());
    }

    private Optional<Regions> startRegions(ChosenSettings chosen) throws Exception {
        return chosen.has("nodeledger.regions[0].id")
                ? Optional.empty()
                : Optional.of(parts.add("the regions", Regions.simulated(settings)));
    }

    private static Map<String, Object> tokenSettings(ChosenSettings chosen, DataFolder folder) {
        return chosen.has("nodeledger.jwt.jwks-url")
                ? Map.of()
                : Map.of(
                        "nodeledger.jwt.issuer", TokenRequest.ISSUER,
                        "nodeledger.jwt.audience", TokenRequest.AUDIENCE,
                        "nodeledger.jwt.jwks-url", folder.keySet().toUri().toString());
    }

    private static <T> Callable<T> timed(String name, Callable<T> start) {
        return () -> {
            long begin = System.nanoTime();
            T result = start.call();
            log.info("Started {} in {} ms", name, millisSince(begin));
            return result;
        };
    }

    private static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
