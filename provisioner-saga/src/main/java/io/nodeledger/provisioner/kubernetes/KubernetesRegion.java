package io.nodeledger.provisioner.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.join.ClusterTrust;
import io.nodeledger.provisioner.kubernetes.node.NodeLeases;
import io.nodeledger.provisioner.kubernetes.node.NodeWatch;
import io.nodeledger.provisioner.kubernetes.pod.NodePods;
import io.nodeledger.provisioner.kubernetes.pod.PodWatch;
import io.nodeledger.provisioner.region.CallTimer;
import io.nodeledger.provisioner.region.CallWatch;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One region's Kubernetes cluster. Its kubeconfig is read when it is first used, and again when the API server no longer
 * accepts what was in it: credentials are rotated.
 */
public final class KubernetesRegion implements AutoCloseable {
    /** No call takes longer; well within the lease of the activity that makes it. */
    public static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    /** Codes that are no more than this are no status: nothing was answered. */
    private static final int NO_ANSWER = 0;

    private static final Duration UNTIL_ALL_CALLS_HAVE_ENDED = LONGEST_CALL.multipliedBy(2);

    private final String id;
    private final Path kubeconfig;
    private final Duration longestCall;
    private final CallTimer timer;
    private final KubernetesSpans spans;
    private final ReentrantLock connecting = new ReentrantLock();
    private final Set<Connection> retired = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Connection connection;

    KubernetesRegion(String id, Path kubeconfig, CallWatch watch) {
        this(id, kubeconfig, LONGEST_CALL, watch);
    }

    KubernetesRegion(String id, Path kubeconfig, Duration longestCall) {
        this(id, kubeconfig, longestCall, CallWatch.NONE);
    }

    KubernetesRegion(String id, Path kubeconfig, Duration longestCall, CallWatch watch) {
        this.timer = watch.timer();
        this.spans = new KubernetesSpans(watch.tracing());
        this.id = id;
        this.kubeconfig = kubeconfig;
        this.longestCall = longestCall;
    }

    /** Calls to the cluster, and what they end in. */
    @FunctionalInterface
    public interface Calls<T, E extends Exception> {
        T make() throws E;
    }

    /** The region's id. */
    public String id() {
        return id;
    }

    /** Makes calls. When the API server does not know us, its failure goes on to the caller, and later calls do better. */
    public <T, E extends Exception> T call(Calls<T, E> calls) throws E {
        Connection used = connection;
        long begunAt = System.nanoTime();
        try {
            return calls.make();
        } catch (KubernetesClientException failure) {
            spans.failed(failure);
            if (failure.getCode() <= NO_ANSWER) {
                timer.took("other", "unreachable", Duration.ofNanos(System.nanoTime() - begunAt));
            }
            if (failure.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
                renew(used);
            }
            throw failure;
        }
    }

    /** A client that asks once: who tries again, and when, is the business of steps. */
    public KubernetesClient client() {
        return connection().client();
    }

    /** A node as the API server has it right now. */
    public Optional<Node> node(String name) {
        return Optional.ofNullable(client().nodes().withName(name).get());
    }

    /** The platform's nodes in this cluster, watched. */
    public NodeWatch watch() {
        return connection().nodes();
    }

    /** The heartbeats of this cluster's kubelets, watched. */
    public NodeLeases leases() {
        return connection().leases();
    }

    /** The pods that the platform's nodes in this cluster hold, watched. */
    public PodWatch pods() {
        return connection().pods();
    }

    /** All pods on nodes, also on those of others, as they were a moment ago. */
    public NodePods nodePods() {
        return connection().nodePods();
    }

    /** What a machine needs to find and trust the cluster. */
    public ClusterTrust trust() {
        return connection().trust();
    }

    @Override
    public void close() {
        connecting.lock();
        try {
            Connection open = connection;
            connection = null;
            if (open != null) {
                open.close();
            }
            retired.forEach(Connection::close);
        } finally {
            connecting.unlock();
        }
    }

    private Connection connection() {
        Connection open = connection;
        if (open != null) {
            return open;
        }
        connecting.lock();
        try {
            open = connection;
            if (open == null) {
                open = Connection.open(kubeconfig, longestCall, timer, spans);
                connection = open;
            }
            return open;
        } finally {
            connecting.unlock();
        }
    }

    /** Many calls are refused at once; only the first of them takes away the connection that they all used. */
    private void renew(@Nullable Connection used) {
        connecting.lock();
        try {
            Connection refused = connection;
            boolean isUsed = used == null || used == refused;
            if (refused != null && isUsed && refused.isWorthRenewing(kubeconfig)) {
                connection = null;
                retire(refused);
            }
        } finally {
            connecting.unlock();
        }
    }

    /** Others are still in the middle of calls with it. */
    private void retire(Connection old) {
        retired.add(old);
        Thread.ofVirtual().name("retired-connection-" + id).start(() -> {
            try {
                Thread.sleep(UNTIL_ALL_CALLS_HAVE_ENDED);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            old.close();
            retired.remove(old);
        });
    }
}
