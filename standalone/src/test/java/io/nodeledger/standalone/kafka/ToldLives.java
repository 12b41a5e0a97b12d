package io.nodeledger.standalone.kafka;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineAllocated;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
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
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Histories of nodes, to be appended piece by piece. */
final class ToldLives {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final NodeSpecs SPECS = new NodeSpecs(4, 8, 100, "1Gbps", "x86_64");
    private static final KubernetesFacts FACTS = new KubernetesFacts(
            "n", "uid", Map.of("cpu", "4"), Map.of("cpu", "3800m"), "6.8", "Ubuntu", "containerd://2", "v1.36.1");
    private static final Cause CAUSE =
            new Cause("user-1", "user", "admin", "ws-1", "req-1", "192.0.2.7", null, "ProvisionNode", null);

    private ToldLives() {}

    /** From the request to running, with a step in between that is nobody's business outside. */
    static List<NodeEvent> provisioned(String node) {
        String task = "task-" + node;
        var terms = new PlanTerms("plan-dedicated-4c8g", new BigDecimal("0.12"), BigDecimal.ZERO, SPECS);
        return List.of(
                new NodeProvisioningStarted(
                        node,
                        "ws-1",
                        task,
                        "web-" + node,
                        "us-west-2",
                        "proxmox",
                        terms,
                        Map.of("team", "a"),
                        List.of(),
                        new BigDecimal("86.40"),
                        BEGIN.plusSeconds(600),
                        BEGIN),
                new MachineAllocated(node, task, Step.ALLOCATE, 1, "host", 100, "shared", BEGIN, BEGIN.plusSeconds(1)),
                new NodeProvisioningCompleted(node, "ws-1", task, FACTS, BEGIN.plusSeconds(90)));
    }

    /** Stopped and started again, so many times. */
    static List<NodeEvent> switched(String node, int times) {
        var events = new ArrayList<NodeEvent>();
        for (int i = 0; i < times; i++) {
            Instant at = BEGIN.plusSeconds(1000L + i * 100L);
            String stop = "op-stop-" + i;
            String start = "op-start-" + i;
            events.add(power(node, stop, OperationType.STOP, NodeStatus.RUNNING, at));
            events.add(new NodeStopped(node, "ws-1", stop, at.plusSeconds(20)));
            events.add(power(node, start, OperationType.START, NodeStatus.STOPPED, at.plusSeconds(40)));
            events.add(new NodeStarted(node, "ws-1", start, at.plusSeconds(60)));
        }
        return events;
    }

    static List<NodeEvent> deleted(String node) {
        Instant at = BEGIN.plusSeconds(1_000_000);
        return List.of(
                new NodeDeletionStarted(node, "ws-1", "task-d", NodeStatus.RUNNING, false, 300, at, at),
                new NodeDeleted(node, "ws-1", "task-d", "web-" + node, at.plusSeconds(60)));
    }

    private static NodeEvent power(String node, String operation, OperationType type, NodeStatus former, Instant at) {
        return new PowerOperationStarted(node, "ws-1", operation, type, former, true, false, 300, at, at);
    }

    /** As messages that follow so many of the node's before. */
    static List<DomainEventMessage<?>> after(long sequence, List<NodeEvent> events) {
        var messages = new ArrayList<DomainEventMessage<?>>();
        for (NodeEvent event : events) {
            messages.add(new GenericDomainEventMessage<>(
                    "Node", event.nodeId(), sequence + messages.size(), event, CAUSE.asMetadata()));
        }
        return messages;
    }
}
