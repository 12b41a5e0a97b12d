package io.nodeledger.resilience.world;

import io.nodeledger.resilience.crash.CrashSwitch;
import io.nodeledger.resilience.crash.ProviderCalls;
import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.nodeledger.simulators.kubernetes.KubernetesSimulatorSettings;
import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import io.nodeledger.simulators.proxmox.ProxmoxSimulatorSettings;
import io.nodeledger.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What outlives a crash of the product: its database, and the two clusters of a region. */
public final class World implements AutoCloseable {
    /** The region's id. */
    public static final String REGION = "us-west-2";

    private static final int STOP_SECONDS = 10;

    private final TestDatabase database;
    private final Vertx vertx;
    private final ProxmoxSimulator proxmox;
    private final KubernetesSimulator kubernetes;
    private final WorldClock clock = new WorldClock();
    private volatile CrashSwitch current = new CrashSwitch();

    private World(TestDatabase database, Vertx vertx, ProxmoxSimulator proxmox, KubernetesSimulator kubernetes) {
        this.database = database;
        this.vertx = vertx;
        this.proxmox = proxmox;
        this.kubernetes = kubernetes;
        var calls = new ProviderCalls(() -> current);
        var _ = proxmox.intercept(calls);
        var _ = kubernetes.intercept(calls);
    }

    /** Starts a world whose machines take no time. */
    public static World start(Path folder, TestDatabase database) throws IOException {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
        var kubernetes = KubernetesSimulator.start(
                KubernetesSimulatorSettings.of(REGION, folder.resolve("kubernetes"), 0, 0), vertx);
        var settings =
                ProxmoxSimulatorSettings.of(REGION, folder.resolve("proxmox")).withTimeScale(0);
        var proxmox = ProxmoxSimulator.start(vertx, settings, kubernetes.machineListener());
        return new World(database, vertx, proxmox, kubernetes);
    }

    /** Starts an instance of the product, which from now on is the one that calls the providers. */
    public Life begin(List<String> settings) {
        var crashes = new CrashSwitch();
        current = crashes;
        return Life.start(database, crashes, clock, Stream.concat(regionArguments(), settings.stream()));
    }

    /** Starts another instance beside the one that calls the providers; both have to share. */
    public Life beginAnother(List<String> settings) {
        return Life.start(database, new CrashSwitch(), clock, Stream.concat(regionArguments(), settings.stream()));
    }

    /** Starts an instance in a JVM of its own. */
    public ForkedLife fork() throws IOException {
        return ForkedLife.start(database, regionArguments());
    }

    /** Starts an instance in a JVM of its own, beside others. */
    public ForkedLife forkAnother() throws IOException {
        return ForkedLife.start(database, Stream.concat(regionArguments(), Stream.of(Life.SHARING)));
    }

    /** The database, for those who look at it from outside. */
    public TestDatabase database() {
        return database;
    }

    /** What time it is for the instances of this process. */
    public WorldClock clock() {
        return clock;
    }

    /** The Proxmox cluster. */
    public ProxmoxSimulator proxmox() {
        return proxmox;
    }

    /** The Kubernetes cluster. */
    public KubernetesSimulator kubernetes() {
        return kubernetes;
    }

    private Stream<String> regionArguments() {
        try {
            String region = "--nodeledger.regions[0].";
            return Stream.of(
                    region + "id=" + REGION,
                    region + "proxmox.url=" + proxmox.url(),
                    region + "proxmox.token=" + proxmox.token(),
                    region + "proxmox.fingerprint=" + proxmox.fingerprint(),
                    region + "proxmox.template=9000",
                    region + "proxmox.storage=shared",
                    region + "proxmox.backup-storage=shared",
                    region + "proxmox.pool=nodeledger",
                    region + "proxmox.bridge=vmbr0",
                    region + "proxmox.vmid-range=100000-199999",
                    region + "kubernetes.kubeconfig=" + kubernetes.kubeconfig());
        } catch (IOException unreadable) {
            throw new IllegalStateException("The simulated cluster's certificate can't be read", unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        proxmox.close();
        kubernetes.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
