package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Changes our Kubernetes node by reading, modifying and sending its resource version back, again when somebody else was
 * faster: {@code spec.taints} is one value, so a blind write would lose others' taints.
 */
public final class NodeEdits {
    private static final int TRIES = 5;

    private NodeEdits() {}

    /**
     * Applies a change.
     *
     * @param beforeWriting whether the caller still may: what it throws ends the edit
     * @param change changes the node in place and says whether anything had to
     * @return the node as it is now; nothing when there is no Kubernetes node of ours
     * @throws KubernetesClientException 409 when others kept changing the node
     */
    public static Optional<Node> edit(
            KubernetesRegion region, NodeFacts facts, Runnable beforeWriting, Predicate<Node> change) {
        return edit(
                region,
                facts.kubernetesName(),
                node -> Ownership.of(node, facts) == Ownership.OURS,
                beforeWriting,
                change);
    }

    /**
     * Applies a change to a node that is known by its name in Kubernetes.
     *
     * @param isOurs whether the node of that name is the one that is meant
     * @return the node as it is now; nothing when there is no such node
     * @throws KubernetesClientException 409 when others kept changing the node
     */
    public static Optional<Node> edit(
            KubernetesRegion region,
            String name,
            Predicate<Node> isOurs,
            Runnable beforeWriting,
            Predicate<Node> change) {
        for (int tried = 1; ; tried++) {
            var found = region.node(name).filter(isOurs);
            if (found.isEmpty() || !change.test(found.get())) {
                return found;
            }
            beforeWriting.run();
            try {
                return Optional.of(region.client().resource(found.get()).update());
            } catch (KubernetesClientException refused) {
                if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT || tried == TRIES) {
                    throw refused;
                }
            }
        }
    }
}
