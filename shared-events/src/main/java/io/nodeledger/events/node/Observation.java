package io.nodeledger.events.node;

import java.math.BigDecimal;
import java.time.Instant;

/** What was seen of a node at its providers that nobody had asked for, or what was put right because of that. */
public sealed interface Observation {
    /**
     * The machine is nowhere in its cluster.
     *
     * @param host where it was
     * @param lastSeenAt when it was last known to exist
     */
    record MachineVanished(int vmId, String host, Instant lastSeenAt) implements Observation {}

    /** The machine is powered off. */
    record MachineOff(int vmId, String host) implements Observation {}

    /** The machine is powered on. */
    record MachineOn(int vmId, String host) implements Observation {}

    /** The machine is on this host. */
    record MachineMoved(int vmId, String host) implements Observation {}

    /** The cluster has no node of ours under this name. */
    record KubernetesNodeMissing(String kubernetesName) implements Observation {}

    /** The machine's Kubernetes node bears another name than ours. */
    record KubernetesNodeRenamed(String kubernetesName, String foundName) implements Observation {}

    /** The Kubernetes node is there. */
    record KubernetesNodePresent(KubernetesFacts kubernetes) implements Observation {}

    /** A machine that should not exist was destroyed. */
    record OrphanMachineRemoved(int vmId, String host) implements Observation {}

    /** A Kubernetes node that should not exist was deleted. */
    record OrphanKubernetesNodeRemoved(String kubernetesName, String uid) implements Observation {}

    /** How a running node is, which was so for long enough to be told. */
    sealed interface OfHealth extends Observation {
        /** When it was first seen. */
        Instant since();
    }

    /** It is not well. */
    record Unhealthy(String code, String reason, Instant since) implements OfHealth {}

    /** It is well. */
    record Healthy(Instant since) implements OfHealth {}

    /** It uses more of a resource than it should, percent. */
    record AboveThreshold(NodeResource resource, BigDecimal threshold, BigDecimal percentage, Instant since)
            implements OfHealth {}

    /** It uses clearly less of a resource than the threshold, percent. */
    record BelowThreshold(NodeResource resource, BigDecimal percentage, Instant since) implements OfHealth {}
}
