package io.nodeledger.provisioner.kubernetes;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.RetiredMarks;
import io.nodeledger.provisioner.activity.RunningOperation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes for tests: {@code ANode.inRegion("us-west-2").on(104).provisioning()}. */
public record ANode(String id, String region, int vmId, Map<String, String> labels, List<Taint> taints) {
    public static ANode inRegion(String region) {
        return new ANode(Ids.node(), region, 104, Map.of("tier", "gold"), List.of());
    }

    public ANode on(int otherVmId) {
        return new ANode(id, region, otherVmId, labels, taints);
    }

    public ANode tainted(String key, String value, String effect) {
        return new ANode(id, region, vmId, labels, List.of(new Taint(key, value, effect)));
    }

    public NodeFacts provisioning() {
        return facts(NodeStatus.PROVISIONING, OperationType.PROVISION, false, 300);
    }

    public NodeFacts deleting(int drainTimeoutSeconds) {
        return facts(NodeStatus.DELETING, OperationType.DELETE, false, drainTimeoutSeconds);
    }

    public NodeFacts deletingByForce() {
        return facts(NodeStatus.DELETING, OperationType.DELETE, true, 300);
    }

    /** In a deletion that comes after another one. */
    public NodeFacts deletingAgain() {
        return facts("next-task-of-" + id, NodeStatus.DELETING, OperationType.DELETE, false, 300, Map.of());
    }

    /** With a provider's task on record for a step. */
    public NodeFacts deletingWithTask(Step step, String upid) {
        return facts(NodeStatus.DELETING, OperationType.DELETE, false, 300, Map.of(step, upid));
    }

    private NodeFacts facts(NodeStatus status, OperationType type, boolean force, int drainTimeoutSeconds) {
        return facts(status, type, force, drainTimeoutSeconds, Map.of());
    }

    private NodeFacts facts(
            NodeStatus status, OperationType type, boolean force, int drainTimeoutSeconds, Map<Step, String> tasks) {
        return facts("task-of-" + id, status, type, force, drainTimeoutSeconds, tasks);
    }

    private NodeFacts facts(
            String operationId,
            NodeStatus status,
            OperationType type,
            boolean force,
            int drainTimeoutSeconds,
            Map<Step, String> tasks) {
        var specs = new NodeSpecs(4, 16, 100, "1Gbps", "x86_64");
        var operation =
                new RunningOperation(OperationProgress.begin(operationId, type), force, drainTimeoutSeconds, tasks);
        return new NodeFacts(
                id,
                "ws-demo",
                "web-1",
                region,
                status,
                new PlanTerms("plan-medium", BigDecimal.ONE, BigDecimal.ONE, specs),
                labels,
                taints,
                new Placement("pve-1", vmId, "local"),
                Set.of(),
                null,
                null,
                RetiredMarks.NONE,
                operation);
    }
}
