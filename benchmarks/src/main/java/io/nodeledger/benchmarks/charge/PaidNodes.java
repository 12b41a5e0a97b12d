package io.nodeledger.benchmarks.charge;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspacePlan;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Workspaces that can pay for their nodes, of which every third one is stopped. */
final class PaidNodes {
    static final int OF_EACH_WORKSPACE = 50;

    private static final int STOPPED = 3;
    private static final BigDecimal HOLD = new BigDecimal("86.40");
    private static final PlanTerms TERMS = new PlanTerms(
            "plan-dedicated-4c8g",
            new BigDecimal("0.12"),
            new BigDecimal("0.015"),
            new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));
    private static final KubernetesFacts FACTS = new KubernetesFacts(
            "n", "uid", Map.of("cpu", "4"), Map.of("cpu", "3800m"), "6.1", "Debian", "containerd", "v1.34");
    private static final Cause CAUSE =
            new Cause("user-1", "user", "admin", "ws-0", "req-1", "192.0.2.7", null, "ProvisionNode", null);

    private final Instant since;

    PaidNodes(Instant since) {
        this.since = since;
    }

    /** A workspace with all of its nodes until now. */
    List<DomainEventMessage<?>> of(String workspaceId) {
        var events = new ArrayList<DomainEventMessage<?>>();
        var workspace = new ArrayList<WorkspaceEvent>();
        workspace.add(new WorkspaceRegistered(
                workspaceId, WorkspacePlan.ENTERPRISE, 1000, "us-west-2", workspaceId, false, since));
        workspace.add(new CreditsGranted(workspaceId, new BigDecimal("1000000"), null, since));
        for (int i = 0; i < OF_EACH_WORKSPACE; i++) {
            String node = "node-%s-%02d".formatted(workspaceId, i);
            workspace.add(new NodeAdmitted(workspaceId, node, "web-" + i, HOLD, since));
            add(events, "Node", node, life(node, workspaceId, i));
        }
        add(events, "Workspace", WorkspaceCommand.streamIdOf(workspaceId), workspace);
        return events;
    }

    private List<Object> life(String node, String workspaceId, int number) {
        String task = "task-" + node;
        Instant ready = since.plusSeconds(60L + number);
        var life = new ArrayList<>(List.<Object>of(
                new NodeProvisioningStarted(
                        node,
                        workspaceId,
                        task,
                        "web-" + number,
                        "us-west-2",
                        "proxmox",
                        TERMS,
                        Map.of("environment", "production"),
                        List.of(),
                        HOLD,
                        ready,
                        since),
                new NodeProvisioningCompleted(node, workspaceId, task, FACTS, ready)));
        if (number % STOPPED == 0) {
            String operation = "op-" + node;
            Instant asked = ready.plusSeconds(3600);
            life.add(new PowerOperationStarted(
                    node,
                    workspaceId,
                    operation,
                    OperationType.STOP,
                    NodeStatus.RUNNING,
                    true,
                    false,
                    300,
                    asked,
                    asked));
            life.add(new NodeStopped(node, workspaceId, operation, asked.plusSeconds(30)));
        }
        return life;
    }

    private static void add(List<DomainEventMessage<?>> to, String type, String stream, List<?> events) {
        for (int i = 0; i < events.size(); i++) {
            to.add(new GenericDomainEventMessage<>(type, stream, i, events.get(i), CAUSE.asMetadata()));
        }
    }
}
