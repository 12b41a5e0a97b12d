package io.nodeledger.provisioner.kubernetes.step;

import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.node.NodeLeases;
import java.time.ZonedDateTime;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells a kubelet that lives from a dead one which looks Ready until its lease runs out: the dead renew nothing. A
 * machine that was never powered off, because that had failed, has no other boot to wait for. What was seen is forgotten
 * with the instance, which then waits for two more renewals.
 */
final class LivingKubelets {
    /** The first may have been on its way when the machine lost power. */
    private static final int ENOUGH = 2;

    private final ConcurrentHashMap<String, Renewals> seen = new ConcurrentHashMap<>();

    private record Renewals(@Nullable ZonedDateTime last, int count) {
        Renewals and(@Nullable ZonedDateTime now) {
            return now == null || now.equals(last) ? this : new Renewals(now, last == null ? 0 : count + 1);
        }
    }

    /** Whether the node's kubelet has renewed its lease while this instance looked. */
    boolean renew(KubernetesRegion region, NodeFacts node) {
        var renewed = renewedAt(region, node.kubernetesName());
        var renewals = seen.compute(
                node.nodeId(), (_, before) -> (before == null ? new Renewals(null, 0) : before).and(renewed));
        return renewals.count() >= ENOUGH;
    }

    void forget(NodeFacts node) {
        seen.remove(node.nodeId());
    }

    private static @Nullable ZonedDateTime renewedAt(KubernetesRegion region, String name) {
        var lease = region.client()
                .leases()
                .inNamespace(NodeLeases.NAMESPACE)
                .withName(name)
                .get();
        return lease == null || lease.getSpec() == null ? null : lease.getSpec().getRenewTime();
    }
}
