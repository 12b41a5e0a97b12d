package io.nodeledger.provisioner.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.join.ClusterTrust;
import io.nodeledger.provisioner.kubernetes.node.NodeLeases;
import io.nodeledger.provisioner.kubernetes.node.NodeWatch;
import io.nodeledger.provisioner.kubernetes.pod.NodePods;
import io.nodeledger.provisioner.kubernetes.pod.PodWatch;
import io.nodeledger.provisioner.region.CallTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A cluster as a kubeconfig described it at one moment. */
final class Connection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_WATCH = Duration.ofMillis(500);
    private static final Duration TOO_YOUNG = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final NodeWatch nodes;
    private final NodeLeases leases;
    private final PodWatch pods;
    private final NodePods nodePods;
    private final ClusterTrust trust;
    private final String readFrom;
    private final long openedAt = System.nanoTime();

    private Connection(KubernetesClient client, ClusterTrust trust, String readFrom) {
        this.client = client;
        this.nodes = new NodeWatch(client);
        this.leases = new NodeLeases(client);
        this.pods = new PodWatch(client);
        this.nodePods = new NodePods(client);
        this.trust = trust;
        this.readFrom = readFrom;
    }

    /**
     * Reads the kubeconfig and makes a client. Nothing is retried behind a caller's back: a server's {@code Retry-After}
     * could keep a call for as long as it likes. The time-out is half of what a call may take, because fabric8 gives an
     * answer that has begun twice that.
     *
     * @throws KubernetesClientException when the kubeconfig can't be used
     */
    static Connection open(Path kubeconfig, Duration longestCall, CallTimer timer, KubernetesSpans spans) {
        try {
            String text = Files.readString(kubeconfig);
            var config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                    .withConnectionTimeout((int) CONNECT.toMillis())
                    .withRequestTimeout((int) longestCall.dividedBy(2).toMillis())
                    .withRequestRetryBackoffLimit(0)
                    .withWatchReconnectInterval((int) RECONNECT_WATCH.toMillis())
                    .build();
            var trust = ClusterTrust.of(config);
            var client = new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor(KubernetesSpans.NAME, spans)
                            .addOrReplaceInterceptor(TimedCalls.NAME, new TimedCalls(timer)))
                    .build();
            return new Connection(client, trust, text);
        } catch (IOException | IllegalArgumentException unusable) {
            var why = new IllegalArgumentException(
                    "The kubeconfig " + kubeconfig + " can't be used: " + unusable, unusable);
            throw new KubernetesClientException(why.getMessage(), why);
        }
    }

    KubernetesClient client() {
        return client;
    }

    NodeWatch nodes() {
        return nodes;
    }

    NodeLeases leases() {
        return leases;
    }

    PodWatch pods() {
        return pods;
    }

    NodePods nodePods() {
        return nodePods;
    }

    ClusterTrust trust() {
        return trust;
    }

    /** Whether another connection may fare better: its files may have changed without the kubeconfig, but not at once. */
    boolean isWorthRenewing(Path kubeconfig) {
        if (System.nanoTime() - openedAt >= TOO_YOUNG.toNanos()) {
            return true;
        }
        try {
            return !Files.readString(kubeconfig).equals(readFrom);
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public void close() {
        nodes.close();
        leases.close();
        pods.close();
        client.close();
    }
}
