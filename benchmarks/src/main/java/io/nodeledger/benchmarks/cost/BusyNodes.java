package io.nodeledger.benchmarks.cost;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.operation.OperationType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Nodes that have been stopped and started again and again, over the last hundred days. */
public final class BusyNodes {
    static final int EVENTS_OF_EACH = 100;

    private static final Duration SPAN = Duration.ofDays(100);
    private static final NodeSpecs SPECS = new NodeSpecs(4, 8, 100, "1Gbps", "x86_64");
    private static final KubernetesFacts FACTS = new KubernetesFacts(
            "n", "uid", Map.of("cpu", "4"), Map.of("cpu", "3800m"), "6.1", "Debian", "containerd", "v1.34");

    private final Random random = new Random(6);
    private final Instant now;

    /** Lives that last until now. */
    public BusyNodes(Instant now) {
        this.now = now;
    }

    /** The whole life of a node until now. */
    public List<NodeEvent> life(String nodeId, String workspaceId) {
        var events = new ArrayList<NodeEvent>(EVENTS_OF_EACH);
        var terms = new PlanTerms("plan-dedicated-4c8g", new BigDecimal("0.12"), new BigDecimal("0.015"), SPECS);
        // 49 operations, each up to 2.9 steps after the one before, 1.95 on average.
        long step = SPAN.toMillis() / EVENTS_OF_EACH;
        Instant at = now.minus(SPAN);
        events.add(new NodeProvisioningStarted(
                nodeId,
                workspaceId,
                "task-" + nodeId,
                "web-" + nodeId.substring(5),
                random.nextBoolean() ? "us-west-2" : "eu-west-1",
                "proxmox",
                terms,
                Map.of("environment", "production"),
                List.of(),
                new BigDecimal("86.40"),
                at,
                at));
        events.add(new NodeProvisioningCompleted(nodeId, workspaceId, "task-" + nodeId, FACTS, at.plusSeconds(90)));
        for (int i = 2; i < EVENTS_OF_EACH; i += 2) {
            at = at.plusMillis(step + random.nextLong(step * 19 / 10));
            boolean stops = i % 4 == 2;
            String operation = "op-" + nodeId + "-" + i;
            events.add(new PowerOperationStarted(
                    nodeId,
                    workspaceId,
                    operation,
                    stops ? OperationType.STOP : OperationType.START,
                    stops ? NodeStatus.RUNNING : NodeStatus.STOPPED,
                    true,
                    false,
                    300,
                    at,
                    at));
            Instant end = at.plusSeconds(30);
            events.add(
                    stops
                            ? new NodeStopped(nodeId, workspaceId, operation, end)
                            : new NodeStarted(nodeId, workspaceId, operation, end));
        }
        return events;
    }
}
