package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeCommand.CancelOperation;
import io.nodeledger.events.node.NodeCommand.RebootNode;
import io.nodeledger.events.node.NodeCommand.RetryProvisioning;
import io.nodeledger.events.node.NodeCommand.StartNode;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.node.PowerEvent.NodeRebooted;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldRenewed;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.model.InMemoryLedger;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node is started, stopped, rebooted and provisioned anew, and each of these may fail or be called off. */
class PowerTest {
    private static final String TASK = "task-of-node-1";
    private static final Outcome DONE = new Outcome.Done(null);
    private static final Outcome NO = new Outcome.Failed("NO", "The provider said no.");

    private final InMemoryLedger ledger = InMemoryLedger.withWorkspace("ws-1", 5, "100");

    @BeforeEach
    void aRunningNode() {
        ledger.send(provision("ws-1", "node-1", "prod-1"));
        run(TASK, OperationType.PROVISION.steps());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void isStoppedAndStartedAgain() {
        assertThat(stop("op-1")).isEqualTo(accepted("op-1", NodeStatus.STOPPING, true, 60));
        run("op-1", OperationType.STOP.steps());
        assertThat(last()).isInstanceOf(NodeStopped.class);

        assertThat(start("op-2")).isEqualTo(accepted("op-2", NodeStatus.STARTING, false, 60));
        run("op-2", OperationType.START.steps());
        assertThat(last()).isInstanceOf(NodeStarted.class);
    }

    @Test
    void isRebooted() {
        reboot("op-1");
        run("op-1", OperationType.REBOOT.steps());

        assertThat(last()).isInstanceOf(NodeRebooted.class);
    }

    @Test
    void isStoppedWithoutADrainWhenNoneIsWished() {
        ledger.send(new StopNode("node-1", "ws-1", "op-1", false, false, 300, VersionCondition.ANY, 60, NOW));
        report("op-1", Step.CORDON, DONE);

        assertThat(report("op-1", Step.DRAIN, DONE)).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(report("op-1", Step.SHUT_DOWN, DONE)).isEqualTo(OutcomeAnswer.RECORDED);
        assertThat(last()).isInstanceOf(NodeStopped.class);
    }

    @Test
    void isOnlyDoneFromWhereItIsPossible() {
        assertThat(start("op-1")).isEqualTo(refused(new Refusal.InvalidState("running", List.of("stopped", "error"))));
        assertThat(retry("task-2")).isEqualTo(refused(new Refusal.InvalidState("running", List.of("error"))));
        stop("op-1");
        assertThat(stop("op-2")).isEqualTo(refused(new Refusal.OperationInProgress("op-1")));
        run("op-1", OperationType.STOP.steps());
        assertThat(stop("op-2")).isEqualTo(refused(new Refusal.InvalidState("stopped", List.of("running"))));
        assertThat(reboot("op-2")).isEqualTo(refused(new Refusal.InvalidState("stopped", List.of("running", "error"))));
    }

    @Test
    void aFailureLeavesItInWhatItsMachineReallyDoes() {
        stop("op-1");
        report("op-1", Step.CORDON, DONE);
        report("op-1", Step.DRAIN, DONE);
        report("op-1", Step.SHUT_DOWN, NO);
        report("op-1", Step.INSPECT, new Outcome.Inspected(MachinePower.OFF));
        report("op-1", Step.UNCORDON, DONE);

        assertThat(failure().status()).as("the success came late").isEqualTo(NodeStatus.STOPPED);
        assertThat(failure().code()).isEqualTo("NO");

        start("op-2");
        report("op-2", Step.BOOT, NO);
        report("op-2", Step.INSPECT, new Outcome.Inspected(MachinePower.ON));
        report("op-2", Step.UNCORDON, new Outcome.Failed("CLUSTER", "The cluster said no."));

        assertThat(failure().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(failure().reason())
                .isEqualTo("The provider said no. It could not be opened to new pods again: The cluster said no.");
    }

    @Test
    void whatNobodyCanSeeIsForAPerson() {
        reboot("op-1");
        report("op-1", Step.CORDON, DONE);
        report("op-1", Step.DRAIN, DONE);
        report("op-1", Step.SHUT_DOWN, NO);
        report("op-1", Step.INSPECT, NO);

        assertThat(last()).isInstanceOf(NodeNeedsAttention.class);
        assertThat(start("op-2")).as("error has its exits").isInstanceOf(OperationAnswer.Accepted.class);
        assertThat(cancel("op-2"))
                .as("its machine may have been on before")
                .isEqualTo(refused(new Refusal.NotCancellable("boot")));
    }

    @Test
    void whatWasNotTouchedIsAsItWasAlsoWhenNobodyCanLook() {
        stop("op-1");
        report("op-1", Step.CORDON, DONE);
        report("op-1", Step.DRAIN, NO);
        report("op-1", Step.INSPECT, NO);
        report("op-1", Step.UNCORDON, DONE);

        assertThat(failure().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(failure().code()).isEqualTo("NO");
    }

    @Test
    void aDeletionThatIsBeingCalledOffTakesNoOtherWishButForce() {
        ledger.send(delete("ws-1", "node-1", false));
        cancel("delete-of-node-1");

        DeletionAnswer again = ledger.send(delete("ws-1", "node-1", false));
        assertThat(again).isEqualTo(new DeletionAnswer.Refused(new Refusal.OperationInProgress("delete-of-node-1")));
        DeletionAnswer forced = ledger.send(delete("ws-1", "node-1", true));
        assertThat(forced).isInstanceOf(DeletionAnswer.Deleting.class);
    }

    @Test
    void isCalledOffWhileWorkloadsAreBeingMovedAway() {
        stop("op-1");
        report("op-1", Step.CORDON, DONE);
        OperationAnswer cancelled = cancel("op-1");
        assertThat(cancelled).isInstanceOf(OperationAnswer.Accepted.class);
        assertThat(cancel("op-1")).as("a repeat changes nothing").isEqualTo(cancelled);
        assertThat(report("op-1", Step.DRAIN, DONE)).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        report("op-1", Step.INSPECT, new Outcome.Inspected(MachinePower.ON));
        report("op-1", Step.UNCORDON, DONE);

        assertThat(failure().code()).isEqualTo("OPERATION_CANCELLED");
        assertThat(failure().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(cancel("op-1")).isEqualTo(refused(new Refusal.NotCancellable("ended")));
    }

    @Test
    void isNotCalledOffOnceItsMachineIsBeingSwitchedOff() {
        stop("op-1");
        report("op-1", Step.CORDON, DONE);
        report("op-1", Step.DRAIN, DONE);

        assertThat(cancel("op-1")).isEqualTo(refused(new Refusal.NotCancellable("shut_down")));
    }

    @Test
    void aStartThatIsCalledOffIsTakenBack() {
        stop("op-1");
        run("op-1", OperationType.STOP.steps());
        start("op-2");
        report("op-2", Step.BOOT, DONE);
        cancel("op-2");
        report("op-2", Step.HALT, DONE);
        report("op-2", Step.INSPECT, new Outcome.Inspected(MachinePower.OFF));
        report("op-2", Step.UNCORDON, DONE);

        assertThat(failure().status()).isEqualTo(NodeStatus.STOPPED);
    }

    @Test
    void isPreemptedByItsDeletion() {
        stop("op-1");
        DeletionAnswer answer = ledger.send(delete("ws-1", "node-1", false));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        DeletionAnswer.Deleting.class,
                        deleting -> assertThat(deleting.drains()).isTrue());
        assertThat(report("op-1", Step.CORDON, DONE)).isEqualTo(OutcomeAnswer.OPERATION_ENDED);
        assertThat(start("op-2")).isEqualTo(refused(new Refusal.OperationInProgress("delete-of-node-1")));
    }

    @Test
    void isDoneOnlyInTheVersionThatTheCallerKnows() {
        long version = version();
        ledger.send(stopIf("op-1", VersionCondition.oneOf(Set.of(version - 1))));
        assertThat(ledger.<OperationAnswer>send(stopIf("op-1", VersionCondition.oneOf(Set.of(version - 1)))))
                .isEqualTo(refused(new Refusal.PreconditionFailed("node-1")));
        assertThat(ledger.<OperationAnswer>send(stopIf("op-1", VersionCondition.oneOf(Set.of(version)))))
                .isInstanceOf(OperationAnswer.Accepted.class);
    }

    @Test
    void aSuspendedWorkspaceStartsNothing() {
        stop("op-1");
        run("op-1", OperationType.STOP.steps());
        ledger.send(new PutWorkspace("ws-1", WorkspacePlan.PRO, "us-west-2", null, 5, true, NOW));

        assertThat(start("op-2")).isEqualTo(refused(new Refusal.WorkspaceSuspended("ws-1")));
    }

    @Test
    void whatFailedToBeProvisionedIsProvisionedAnewAndPaidForAnew() {
        ledger.send(provision("ws-1", "node-2", "prod-2"));
        assertThat(ledger.nodeEvents("node-2"))
                .as("100 USD are a month of one node")
                .isEmpty();
        ledger.send(delete("ws-1", "node-1", true));
        run("delete-of-node-1", OperationType.DELETE.steps());

        ledger.send(provision("ws-1", "node-2", "prod-2"));
        ledger.report("node-2", "task-of-node-2", Step.ALLOCATE, NO);
        OperationType.PROVISION.compensation().forEach(step -> ledger.report("node-2", "task-of-node-2", step, DONE));
        assertThat(ledger.nodeEvents("node-2")).last().isInstanceOf(NodeProvisioningFailed.class);

        OperationAnswer answer = ledger.send(
                new RetryProvisioning("node-2", "ws-1", "task-3", Map.of(), VersionCondition.ANY, 600, NOW));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        OperationAnswer.Accepted.class,
                        accepted -> assertThat(accepted.status()).isEqualTo(NodeStatus.PROVISIONING));
        assertThat(ledger.workspaceEvents("ws-1"))
                .last()
                .isInstanceOfSatisfying(
                        CreditHoldRenewed.class,
                        renewed -> assertThat(renewed.amount()).isEqualByComparingTo(new BigDecimal("86.40")));
        OperationAnswer again = ledger.send(
                new RetryProvisioning("node-2", "ws-1", "task-4", Map.of(), VersionCondition.ANY, 600, NOW));
        assertThat(again).isEqualTo(refused(new Refusal.OperationInProgress("task-3")));
    }

    private OperationAnswer stop(String operationId) {
        return ledger.send(stopIf(operationId, VersionCondition.ANY));
    }

    private static StopNode stopIf(String operationId, VersionCondition condition) {
        return new StopNode("node-1", "ws-1", operationId, true, false, 300, condition, 60, NOW.plusSeconds(1));
    }

    private OperationAnswer start(String operationId) {
        return ledger.send(new StartNode("node-1", "ws-1", operationId, VersionCondition.ANY, 60, NOW.plusSeconds(1)));
    }

    private OperationAnswer reboot(String operationId) {
        return ledger.send(new RebootNode(
                "node-1", "ws-1", operationId, true, false, 300, VersionCondition.ANY, 60, NOW.plusSeconds(1)));
    }

    private OperationAnswer retry(String operationId) {
        return ledger.send(new RetryProvisioning(
                "node-1", "ws-1", operationId, Map.of(), VersionCondition.ANY, 60, NOW.plusSeconds(1)));
    }

    private OperationAnswer cancel(String operationId) {
        return ledger.send(new CancelOperation("node-1", "ws-1", operationId, NOW.plusSeconds(1)));
    }

    private OutcomeAnswer report(String operationId, Step step, Outcome outcome) {
        return ledger.report("node-1", operationId, step, outcome);
    }

    private void run(String operationId, List<Step> steps) {
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

    private long version() {
        return ledger.nodeEvents("node-1").size() - 1L;
    }

    private OperationAnswer accepted(String operationId, NodeStatus status, boolean drains, int seconds) {
        return new OperationAnswer.Accepted(
                "node-1",
                operationId,
                status,
                drains,
                NOW.plusSeconds(1).plusSeconds(seconds),
                ledger.nodeEvents("node-1").size() - 1L);
    }

    private static OperationAnswer refused(Refusal refusal) {
        return new OperationAnswer.Refused(refusal);
    }

    private NodeEvent last() {
        return ledger.nodeEvents("node-1").getLast();
    }

    private PowerOperationFailed failure() {
        return (PowerOperationFailed) last();
    }
}
