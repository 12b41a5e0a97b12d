package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.provision;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeCommand.CancelOperation;
import io.nodeledger.events.node.NodeCommand.RebootNode;
import io.nodeledger.events.node.NodeCommand.RetryProvisioning;
import io.nodeledger.events.node.NodeCommand.StartNode;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.InMemoryLedger;
import java.util.List;
import java.util.Map;

/** A node of a ledger in memory, as its owner and the steps of its operations handle it. */
final class HandledNode implements AutoCloseable {
    static final String TASK = "task-of-node-1";
    static final String DELETION = "delete-of-node-1";
    static final Outcome DONE = new Outcome.Done(null);

    final InMemoryLedger ledger;

    /** It is being provisioned, in a workspace with so many USD. */
    HandledNode(String credits) {
        ledger = InMemoryLedger.withWorkspace("ws-1", 5, credits);
        ledger.send(provision("ws-1", "node-1", "prod-1"));
    }

    /** Its provisioning succeeds. */
    void provisionToTheEnd() {
        run(TASK, OperationType.PROVISION.steps());
    }

    DeletionAnswer delete(boolean force) {
        return ledger.send(InMemoryLedger.delete("ws-1", "node-1", force));
    }

    OperationAnswer stop(String operationId) {
        return ledger.send(stopIf(operationId, VersionCondition.ANY));
    }

    static StopNode stopIf(String operationId, VersionCondition condition) {
        return new StopNode("node-1", "ws-1", operationId, true, false, 300, condition, 60, NOW.plusSeconds(1));
    }

    OperationAnswer start(String operationId) {
        return ledger.send(new StartNode("node-1", "ws-1", operationId, VersionCondition.ANY, 60, NOW.plusSeconds(1)));
    }

    OperationAnswer reboot(String operationId) {
        return ledger.send(new RebootNode(
                "node-1", "ws-1", operationId, true, false, 300, VersionCondition.ANY, 60, NOW.plusSeconds(1)));
    }

    OperationAnswer retry(String operationId) {
        return ledger.send(new RetryProvisioning(
                "node-1", "ws-1", operationId, Map.of(), VersionCondition.ANY, 60, NOW.plusSeconds(1)));
    }

    OperationAnswer cancel(String operationId) {
        return ledger.send(new CancelOperation("node-1", "ws-1", operationId, NOW.plusSeconds(1)));
    }

    OutcomeAnswer report(String operationId, Step step, Outcome outcome) {
        return ledger.report("node-1", operationId, step, outcome);
    }

    /** The steps succeed, one after the other. */
    void run(String operationId, List<Step> steps) {
        steps.forEach(step -> report(operationId, step, good(step)));
    }

    private static Outcome good(Step step) {
        return switch (step) {
            case ALLOCATE -> new Outcome.Allocated("pve1", 100, "local");
            case ADDRESS -> new Outcome.Addressed("10.0.0.1", null);
            case READY ->
                new Outcome.Ready(
                        new KubernetesFacts("n", "uid", Map.of(), Map.of(), "6.8", "Ubuntu", "containerd", "v1.36.0"));
            default -> DONE;
        };
    }

    List<NodeEvent> events() {
        return ledger.nodeEvents("node-1");
    }

    NodeEvent last() {
        return events().getLast();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
