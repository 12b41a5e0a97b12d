package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.provisioner.reconciliation.KubernetesListing.SeenNode;
import org.jspecify.annotations.Nullable;

/**
 * A difference that the listings alone suggest. Listings lag, so it is a reason to look closer and no more.
 *
 * @param subject what it is about, the same in every pass
 * @param recorded whether the node's stream says it already; then it is only listed
 */
record Suspicion(
        String subject,
        DriftKind kind,
        @Nullable String nodeId,
        @Nullable String workspaceId,
        @Nullable Integer vmId,
        @Nullable String host,
        @Nullable String kubernetesName,
        @Nullable String kubernetesUid,
        String detail,
        boolean recorded) {

    static Suspicion ofMachine(KnownNode node, DriftKind kind, int vmId, String host, String detail) {
        return new Suspicion(
                node.nodeId() + "/machine",
                kind,
                node.nodeId(),
                node.workspaceId(),
                vmId,
                host,
                null,
                null,
                detail,
                false);
    }

    static Suspicion ofKubernetes(KnownNode node, DriftKind kind, String name, String detail, boolean recorded) {
        return new Suspicion(
                node.nodeId() + "/kubernetes",
                kind,
                node.nodeId(),
                node.workspaceId(),
                null,
                null,
                name,
                null,
                detail,
                recorded);
    }

    static Suspicion ofStrayMachine(int vmId, String host, @Nullable String taggedAs) {
        return new Suspicion(
                "machine/" + vmId,
                DriftKind.STRAY_MACHINE,
                taggedAs,
                null,
                vmId,
                host,
                null,
                null,
                "No live node owns this machine",
                false);
    }

    static Suspicion ofStrayKubernetesNode(SeenNode seen) {
        return new Suspicion(
                "kubernetes/" + seen.name(),
                DriftKind.STRAY_KUBERNETES_NODE,
                seen.nodeId(),
                null,
                null,
                null,
                seen.name(),
                seen.uid(),
                "No live node owns this Kubernetes node",
                false);
    }

    /** Whether it is about something that no live node owns. */
    boolean isStray() {
        return kind == DriftKind.STRAY_MACHINE || kind == DriftKind.STRAY_KUBERNETES_NODE;
    }

    /** Whether it counts as a change that is about to be made. */
    boolean isChange() {
        return kind.changing() && !recorded;
    }
}
