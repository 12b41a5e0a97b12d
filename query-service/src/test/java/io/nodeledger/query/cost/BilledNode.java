package io.nodeledger.query.cost;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the life of a node as far as a bill cares, each event at its own moment. */
final class BilledNode {
    private static final KubernetesFacts FACTS =
            new KubernetesFacts("n", "uid", Map.of(), Map.of(), "k", "o", "c", "v");

    private final String id;
    private final String workspace;
    private final List<NodeEvent> events = new ArrayList<>();

    BilledNode(String id, String workspace) {
        this.id = id;
        this.workspace = workspace;
    }

    BilledNode asked(String at, String name, String plan, String hourly, String stopped, String region) {
        var specs = new NodeSpecs(4, 8, 100, "1Gbps", "x86_64");
        var terms = new PlanTerms(plan, new BigDecimal(hourly), new BigDecimal(stopped), specs);
        return add(new NodeProvisioningStarted(
                id,
                workspace,
                "task-1",
                name,
                region,
                "proxmox",
                terms,
                Map.of(),
                List.of(),
                BigDecimal.TEN,
                time(at),
                time(at)));
    }

    BilledNode asked(String at) {
        return asked(at, "web-" + id.substring(5), "plan-dedicated-4c8g", "0.12", "0.02", "us-west-2");
    }

    BilledNode ready(String at) {
        return add(new NodeProvisioningCompleted(id, workspace, "task-1", FACTS, time(at)));
    }

    BilledNode stopped(String at) {
        return switching(OperationType.STOP, NodeStatus.RUNNING, at)
                .add(new NodeStopped(id, workspace, operation(at), time(at)));
    }

    BilledNode started(String at) {
        return switching(OperationType.START, NodeStatus.STOPPED, at)
                .add(new NodeStarted(id, workspace, operation(at), time(at)));
    }

    BilledNode deleted(String begun, String at) {
        add(new NodeDeletionStarted(id, workspace, "task-2", NodeStatus.RUNNING, false, 300, time(begun), time(begun)));
        return add(new NodeDeleted(id, workspace, "task-2", "web", time(at)));
    }

    /** A deletion that ends in error: nothing is billed from then on. */
    BilledNode deletionFailed(String at) {
        add(new NodeDeletionStarted(id, workspace, "task-2", NodeStatus.RUNNING, false, 300, time(at), time(at)));
        return add(
                new NodeDeletionFailed(id, workspace, "task-2", NodeStatus.ERROR, Step.DRAIN, "CODE", "why", time(at)));
    }

    BilledNode vanished(String lastSeen, String at) {
        return add(new MachineVanished(id, workspace, 1000, "pve-1", time(lastSeen), time(at)));
    }

    private BilledNode switching(OperationType type, NodeStatus former, String at) {
        return add(new PowerOperationStarted(
                id, workspace, operation(at), type, former, true, false, 300, time(at), time(at)));
    }

    private static String operation(String at) {
        return "op-" + at;
    }

    List<NodeEvent> events() {
        return List.copyOf(events);
    }

    private BilledNode add(NodeEvent event) {
        events.add(event);
        return this;
    }

    private static Instant time(String text) {
        return Instant.parse(text);
    }
}
