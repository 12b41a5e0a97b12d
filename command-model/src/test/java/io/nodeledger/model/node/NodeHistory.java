package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.MEDIUM;
import static io.nodeledger.model.InMemoryLedger.NOW;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineAllocated;
import io.nodeledger.events.node.NodeEvent.MachineFoundOff;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What happened to the node so far, the shortest way to each of its states. */
final class NodeHistory {
    static final String NODE = "node-1";
    static final String TASK = "task-1";
    static final KubernetesFacts FACTS = facts("uid-1");

    private NodeHistory() {}

    static List<NodeEvent> provisioning() {
        return List.of(
                new NodeProvisioningStarted(
                        NODE,
                        "ws-1",
                        TASK,
                        "prod-1",
                        "us-west-2",
                        "proxmox",
                        MEDIUM,
                        Map.of(),
                        List.of(),
                        new BigDecimal("86.40"),
                        NOW,
                        NOW),
                new MachineAllocated(NODE, TASK, Step.ALLOCATE, 1, "pve1", 100, "local", NOW, NOW));
    }

    static List<NodeEvent> running() {
        return and(provisioning(), new NodeProvisioningCompleted(NODE, "ws-1", TASK, FACTS, NOW));
    }

    static List<NodeEvent> stopped() {
        return and(running(), new MachineFoundOff(NODE, "ws-1", 100, "pve1", NOW));
    }

    static List<NodeEvent> deleted() {
        return and(
                running(), deletionStarted(NodeStatus.RUNNING), new NodeDeleted(NODE, "ws-1", "task-2", "prod-1", NOW));
    }

    static NodeEvent deletionStarted(NodeStatus former) {
        return new NodeDeletionStarted(NODE, "ws-1", "task-2", former, false, 300, NOW, NOW);
    }

    static List<NodeEvent> and(List<NodeEvent> history, NodeEvent... more) {
        return Stream.concat(history.stream(), Stream.of(more)).toList();
    }

    static KubernetesFacts facts(String uid) {
        return new KubernetesFacts("node-1-k8s", uid, Map.of(), Map.of(), "6.8", "Ubuntu", "containerd://2", "v1.36.0");
    }
}
