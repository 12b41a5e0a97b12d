package io.nodeledger.provisioner.reconciliation;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The Kubernetes nodes of a cluster that carry our label.
 *
 * @param nodes only what is compared, so that ten thousand of them stay small
 */
record KubernetesListing(List<SeenNode> nodes) {
    private static final long PAGE = 500;

    /** A Kubernetes node and the node that it is labelled as. */
    record SeenNode(String name, String uid, String nodeId) {}

    /**
     * Lists them page by page.
     *
     * @param expected whether there should be any; then a cluster that shows no node at all is not believed
     * @throws KubernetesClientException when the API server does not answer or refuses
     * @throws UntrustedListing when the answer can't be right
     */
    static KubernetesListing read(KubernetesRegion region, boolean expected) {
        var seen = new ArrayList<SeenNode>();
        @Nullable String next = null;
        do {
            var page = region.client()
                    .nodes()
                    .withLabel(NodeContract.NODE_ID_LABEL)
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().stream().map(KubernetesListing::seen).forEach(seen::add);
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        if (expected && seen.isEmpty() && isEmpty(region)) {
            throw new UntrustedListing("Kubernetes lists no node at all; it may be another cluster, or an empty one");
        }
        return new KubernetesListing(List.copyOf(seen));
    }

    private static boolean isEmpty(KubernetesRegion region) {
        return region.client()
                .nodes()
                .list(new ListOptionsBuilder().withLimit(1L).build())
                .getItems()
                .isEmpty();
    }

    private static SeenNode seen(Node node) {
        var metadata = node.getMetadata();
        return new SeenNode(
                metadata.getName(),
                metadata.getUid(),
                Objects.requireNonNull(metadata.getLabels().get(NodeContract.NODE_ID_LABEL), "selected by it"));
    }
}
