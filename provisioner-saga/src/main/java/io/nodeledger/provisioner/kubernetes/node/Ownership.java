package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.Node;
import io.nodeledger.provisioner.activity.NodeFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose Kubernetes node an object is that bears our node's name. */
public enum Ownership {
    /** It is this node, on the machine that is recorded. */
    OURS,
    /** It is this node, but of a machine that it had before. */
    FORMER_MACHINE,
    /** It is something else that has the same name. */
    FOREIGN;

    /** Judges by provider id, which is exact, and then by our label. */
    public static Ownership of(Node node, NodeFacts facts) {
        var expected = NodeContract.providerId(facts);
        var actual = node.getSpec() == null ? null : node.getSpec().getProviderID();
        if (expected != null && expected.equals(actual)) {
            return OURS;
        }
        if (!facts.nodeId().equals(label(node))) {
            return FOREIGN;
        }
        return expected == null || !NodeContract.isPresent(actual) ? OURS : FORMER_MACHINE;
    }

    private static @Nullable String label(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        return labels == null ? null : labels.get(NodeContract.NODE_ID_LABEL);
    }
}
