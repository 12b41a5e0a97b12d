package io.nodeledger.events.node;

/**
 * The version of a node that its entity tag stands for: the number of the last event in its stream that changed what is
 * shown of it. Whoever shows a node and whoever decides on {@code If-Match} go by this one rule.
 */
public final class NodeVersion {
    private NodeVersion() {}

    /** Whether the event begins a version. Most steps of an operation change nothing that is shown. */
    public static boolean begins(NodeEvent event) {
        return switch (event) {
            case NodeEvent.MachineAddressed _, NodeEvent.KubernetesNodeReady _ -> true;
            case NodeEvent.StepSucceeded e ->
                switch (e.step()) {
                    case CORDON, UNCORDON, SHUT_DOWN, REMOVE_FROM_KUBERNETES -> true;
                    default -> false;
                };
            case NodeEvent.Progress _, HealthEvent _, MembershipEvent _ -> false;
            default -> true;
        };
    }
}
