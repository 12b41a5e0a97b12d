package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.nodeledger.events.node.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The nodes on which a workspace's pods are to run. */
public sealed interface Target {
    /** Label of nodes that belong to one workspace; nodes without it are shared. */
    Map<String, String> DEDICATED_LABEL = Map.of("node-type", "dedicated");

    /** Key of the taint, with the workspace's id as value and effect NoSchedule, that keeps others away. */
    String WORKSPACE_TAINT = "nodeledger.io/workspace";

    /** Whether the node is one of them, whatever its state. */
    boolean includes(Node node);

    /**
     * The workspace's dedicated nodes.
     *
     * @param workspaceId whose
     * @param otherTaints taints of these nodes that pods have to tolerate besides the workspace's own
     */
    record Dedicated(String workspaceId, List<Taint> otherTaints) implements Target {
        public Dedicated {
            otherTaints = List.copyOf(otherTaints);
        }

        /** Labels that these nodes have and no others. */
        public Map<String, String> selector() {
            return Map.of("node-type", "dedicated", "workspace", workspaceId);
        }

        /** What pods must tolerate to run there. */
        public List<Toleration> tolerations() {
            var tolerations = new ArrayList<Toleration>();
            tolerations.add(toleration(new Taint(WORKSPACE_TAINT, workspaceId, "NoSchedule")));
            otherTaints.stream().map(Dedicated::toleration).forEach(tolerations::add);
            return tolerations.stream().distinct().toList();
        }

        @Override
        public boolean includes(Node node) {
            return labels(node).entrySet().containsAll(selector().entrySet());
        }

        private static Toleration toleration(Taint taint) {
            return new TolerationBuilder()
                    .withKey(taint.key())
                    .withOperator("Equal")
                    .withValue(taint.value())
                    .withEffect(taint.effect())
                    .build();
        }
    }

    /** The nodes that all workspaces share. */
    record Shared() implements Target {
        @Override
        public boolean includes(Node node) {
            return !labels(node).entrySet().containsAll(DEDICATED_LABEL.entrySet());
        }
    }

    private static Map<String, String> labels(Node node) {
        return Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
    }
}
