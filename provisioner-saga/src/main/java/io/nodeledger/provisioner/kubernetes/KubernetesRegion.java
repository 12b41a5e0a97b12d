package io.nodeledger.provisioner.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.nodeledger.provisioner.kubernetes.join.ClusterTrust;
import io.nodeledger.provisioner.kubernetes.node.NodeWatch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One region's Kubernetes cluster. Time-outs are chosen so that even a call that is retried ends well before the 30 s
 * lease of the activity that makes it.
 */
public final class KubernetesRegion implements AutoCloseable {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int REQUEST_MILLIS = 5_000;
    private static final int RETRIES = 2;
    private static final int RETRY_PAUSE_MILLIS = 100;
    private static final int RECONNECT_WATCH_MILLIS = 500;

    private final String id;
    private final Path kubeconfig;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable Connection connection;

    KubernetesRegion(String id, Path kubeconfig) {
        this.id = id;
        this.kubeconfig = kubeconfig;
    }

    /** The region's id. */
    public String id() {
        return id;
    }

    /** A client that tries a call again after a 429, a 5xx or a broken connection. */
    public KubernetesClient client() {
        return connection().patient;
    }

    /** A client that asks once only: under a blocking budget the other one would hang (source: drivers, "Kubernetes"). */
    public KubernetesClient clientWithoutRetries() {
        return connection().once;
    }

    /** A node as the API server has it right now. */
    public Optional<Node> node(String name) {
        return Optional.ofNullable(client().nodes().withName(name).get());
    }

    /** The platform's nodes in this cluster, watched. */
    public NodeWatch watch() {
        return connection().nodes;
    }

    /** What a machine needs to find and trust the cluster. */
    public ClusterTrust trust() {
        return connection().trust;
    }

    @Override
    public void close() {
        connecting.lock();
        try {
            var open = connection;
            if (open != null) {
                open.nodes.close();
                open.patient.close();
                connection = null;
            }
        } finally {
            connecting.unlock();
        }
    }

    private Connection connection() {
        var open = connection;
        if (open != null) {
            return open;
        }
        connecting.lock();
        try {
            open = connection;
            if (open == null) {
                open = connect();
                connection = open;
            }
            return open;
        } finally {
            connecting.unlock();
        }
    }

    private Connection connect() {
        var config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .withRequestRetryBackoffInterval(RETRY_PAUSE_MILLIS)
                .withWatchReconnectInterval(RECONNECT_WATCH_MILLIS)
                .build();
        var trust = ClusterTrust.of(config);
        var patient = new KubernetesClientBuilder().withConfig(config).build();
        var asksOnce = new RequestConfigBuilder()
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        var once = patient.newClient(asksOnce).adapt(KubernetesClient.class);
        return new Connection(patient, once, new NodeWatch(patient), trust);
    }

    private record Connection(KubernetesClient patient, KubernetesClient once, NodeWatch nodes, ClusterTrust trust) {}
}
