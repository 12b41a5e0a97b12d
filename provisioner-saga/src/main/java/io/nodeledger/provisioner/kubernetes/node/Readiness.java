package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import java.util.Optional;

/** What a node's Ready condition says. */
public enum Readiness {
    /** The kubelet runs pods. */
    READY,
    /** The kubelet reports that it can't run pods yet. */
    NOT_READY,
    /** The kubelet is silent, or never spoke: nothing on the node answers. */
    UNREACHABLE;

    public static Readiness of(Node node) {
        return condition(node)
                .map(NodeCondition::getStatus)
                .map(status -> switch (status) {
                    case "True" -> READY;
                    case "False" -> NOT_READY;
                    default -> UNREACHABLE;
                })
                .orElse(UNREACHABLE);
    }

    /** Why the node is not Ready, for people. */
    public static String explain(Node node) {
        return condition(node)
                .map(NodeCondition::getMessage)
                .filter(message -> !message.isBlank())
                .orElse("the kubelet has not reported yet");
    }

    private static Optional<NodeCondition> condition(Node node) {
        var status = node.getStatus();
        if (status == null || status.getConditions() == null) {
            return Optional.empty();
        }
        return status.getConditions().stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .findFirst();
    }
}
