package io.nodeledger.provisioner.telemetry;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.NodeMetrics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.region.OutageLog;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that nodes use as their kubelets measure it, without what the system could give back at once; a hypervisor
 * sees only what a guest has ever touched. Asked for beside the samples, so that a cluster that does not answer keeps none
 * of them waiting for long.
 */
final class KubernetesMemory {
    private static final int NONE_SERVED_HERE = HttpURLConnection.HTTP_NOT_FOUND;

    private final KubernetesRegion cluster;
    private final InstantSource clock;
    private final OutageLog outages;
    private final Duration keep;
    private volatile Known known = new Known(Instant.EPOCH, Map.of());
    private @Nullable Thread look;

    /** @param keep how long what was told may be used */
    KubernetesMemory(KubernetesRegion cluster, InstantSource clock, OutageLog outages, Duration keep) {
        this.cluster = cluster;
        this.clock = clock;
        this.outages = outages;
        this.keep = keep;
    }

    private record Known(Instant at, Map<String, Long> bytes) {}

    /** Begins to ask, unless the last question is still under way. */
    void ask() {
        if (look == null || !look.isAlive()) {
            look = Thread.ofVirtual().name("memory-of-nodes-" + cluster.id()).start(this::look);
        }
    }

    /** Waits for the answer, but not for long: what was told before will do. */
    void await(Duration patience) throws InterruptedException {
        if (look != null) {
            var _ = look.join(patience);
        }
    }

    /** What a node uses, bytes; empty when the cluster has not told it lately. */
    OptionalLong of(String nodeId) {
        Known last = known;
        Long bytes = last.bytes().get(nodeId + "-k8s");
        return bytes == null || last.at().plus(keep).isBefore(clock.instant())
                ? OptionalLong.empty()
                : OptionalLong.of(bytes);
    }

    private void look() {
        String what = "The memory of nodes in region " + cluster.id();
        try {
            known = new Known(clock.instant(), told());
            outages.worked(what);
        } catch (KubernetesClientException silent) {
            outages.failed(what, ClusterFaults.reason(silent));
        }
    }

    /** One call for all nodes; a cluster without a metrics server tells nothing. */
    private Map<String, Long> told() {
        var bytes = new HashMap<String, Long>();
        try {
            for (NodeMetrics node :
                    cluster.call(() -> cluster.client().top().nodes().metrics()).getItems()) {
                Quantity memory =
                        node.getUsage() == null ? null : node.getUsage().get("memory");
                if (memory != null) {
                    bytes.put(
                            node.getMetadata().getName(),
                            Quantity.getAmountInBytes(memory).longValue());
                }
            }
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != NONE_SERVED_HERE) {
                throw failure;
            }
        }
        return Map.copyOf(bytes);
    }
}
