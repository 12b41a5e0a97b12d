package io.nodeledger.simulators.kubernetes;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.fault.Faults;
import io.nodeledger.simulators.kubernetes.admission.Admission;
import io.nodeledger.simulators.kubernetes.api.ApiAnswer;
import io.nodeledger.simulators.kubernetes.api.ApiRequest;
import io.nodeledger.simulators.kubernetes.api.ApiServer;
import io.nodeledger.simulators.kubernetes.controller.ControlLoop;
import io.nodeledger.simulators.kubernetes.controller.Controllers;
import io.nodeledger.simulators.kubernetes.controller.EventRecorder;
import io.nodeledger.simulators.kubernetes.demo.Seed;
import io.nodeledger.simulators.kubernetes.eviction.Evictions;
import io.nodeledger.simulators.kubernetes.fault.KubernetesFaults;
import io.nodeledger.simulators.kubernetes.kubelet.ClusterIdentity;
import io.nodeledger.simulators.kubernetes.kubelet.Kubelets;
import io.nodeledger.simulators.kubernetes.metrics.Metrics;
import io.nodeledger.simulators.kubernetes.store.Journal;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import io.nodeledger.simulators.kubernetes.tls.AdminCredentials;
import io.nodeledger.simulators.kubernetes.tls.ClusterCertificates;
import io.nodeledger.simulators.machine.MachineListener;
import io.nodeledger.simulators.port.RememberedPort;
import io.nodeledger.simulators.request.Interception;
import io.nodeledger.simulators.request.Interceptor;
import io.nodeledger.simulators.request.Interceptors;
import io.nodeledger.simulators.request.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One simulated Kubernetes cluster that runs: its API server, controllers and kubelets. */
public final class KubernetesSimulator implements AutoCloseable {
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "::1", "[::1]");
    private static final Duration FLUSH_AFTER = Duration.ofMillis(50);
    private static final int PATIENCE_SECONDS = 20;
    private final Journal journal;
    private final ControlLoop loop;
    private final ApiServer server;
    private final Kubelets kubelets;
    private final Faults faults;
    private final Interceptors interceptors;
    private final Path kubeconfig;
    private final String caHash;

    private KubernetesSimulator(
            Journal journal,
            ControlLoop loop,
            ApiServer server,
            Kubelets kubelets,
            Faults faults,
            Interceptors interceptors,
            Path kubeconfig,
            String caHash) {
        this.journal = journal;
        this.loop = loop;
        this.server = server;
        this.kubelets = kubelets;
        this.faults = faults;
        this.interceptors = interceptors;
        this.kubeconfig = kubeconfig;
        this.caHash = caHash;
    }

    /** Starts the cluster with the state of its data directory, or a new one. Blocks until it serves. */
    public static KubernetesSimulator start(KubernetesSimulatorSettings settings, Vertx vertx) {
        try {
            Files.createDirectories(settings.dataDirectory());
            return started(settings, vertx);
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalStateException(
                    "The simulated Kubernetes cluster cannot use its folder " + settings.dataDirectory(), broken);
        }
    }

    private static KubernetesSimulator started(KubernetesSimulatorSettings settings, Vertx vertx)
            throws IOException, GeneralSecurityException {
        Path folder = settings.dataDirectory();
        ClusterCertificates certificates = ClusterCertificates.in(folder);
        AdminCredentials admin = AdminCredentials.in(folder);
        ObjectStore store = new ObjectStore(settings.watchHistory());
        ControlLoop loop = new ControlLoop("kubernetes-" + settings.region(), settings.timeScale());
        Journal journal = new Journal(store, folder.resolve("objects.jsonl"));
        Admission admission = new Admission(store, settings.namespacesDirectPods());
        boolean known = journal.load(() -> loop.after(FLUSH_AFTER, journal::flush));
        if (!known) {
            new Seed(store, admission).plant(settings.demoWorkload());
        }
        EventRecorder events = new EventRecorder(store);
        Faults faults = new Faults(Target.KUBERNETES);
        Interceptors interceptors = new Interceptors();
        Kubelets kubelets = new Kubelets(
                store, loop, events, (method, path) -> !faults.threatens(FaultKind.PARTITION, method, path));
        ApiServer server = RememberedPort.listen(
                folder.resolve("port"),
                settings.port(),
                port -> ApiServer.start(
                        vertx,
                        port,
                        certificates,
                        admin.token(),
                        store,
                        admission,
                        new Evictions(store),
                        new Metrics(store, kubelets),
                        interceptors
                                .filter(ApiRequest::seen, ApiAnswer.DROPPED)
                                .then(new KubernetesFaults(faults, vertx))),
                ApiServer::port);
        faults.onAdded(fault -> cutWatches(server, fault));
        kubelets.serveAt(new ClusterIdentity(HOSTS, server.port(), certificates.caHash()));
        Controllers.start(store, admission, loop, events, kubelets);
        for (int number = 1; number <= settings.sharedNodes(); number++) {
            kubelets.startShared(number);
        }
        Path kubeconfig = admin.writeKubeconfig(
                folder, settings.region(), "https://127.0.0.1:" + server.port(), certificates.caPem());
        return new KubernetesSimulator(
                journal, loop, server, kubelets, faults, interceptors, kubeconfig, certificates.caHash());
    }

    private static void cutWatches(ApiServer server, Fault fault) {
        if (fault.kind() == FaultKind.PARTITION) {
            server.cutWatches((method, path) -> fault.concerns(method, path, null));
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** The API server's address, {@code https://127.0.0.1:port}. */
    public String url() {
        return "https://127.0.0.1:" + server.port();
    }

    /** The administrator's kubeconfig file. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** What a joining machine pins: {@code sha256:} and the hash of the authority's public key. */
    public String caCertHash() {
        return caHash;
    }

    /** Hears of the machines whose kubelets live here. */
    public MachineListener machineListener() {
        return kubelets;
    }

    /** Failures to come. A partition that concerns what kubelets send cuts them off too. */
    public Faults faults() {
        return faults;
    }

    /** Shows every request before and after it has its effect; the interceptor may drop its connection. */
    public Interception intercept(Interceptor interceptor) {
        return interceptors.add(interceptor);
    }

    /**
     * Cuts a node's kubelet off while its machine runs on: its lease goes stale, its pods hang. A machine that is about
     * to join as that node doesn't. Ends when the machine halts; 404 for an unknown name.
     */
    public void silence(String nodeName) {
        kubelets.silence(nodeName);
    }

    /** Ends {@link #silence}; 404 for an unknown name. */
    public void wake(String nodeName) {
        kubelets.wake(nodeName);
    }

    /** Stops serving and writes the state down. */
    @Override
    public void close() {
        await(server.close());
        loop.close();
        journal.close();
    }
}
