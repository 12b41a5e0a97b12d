package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.model.InMemoryLedger;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeTest {
    private static final String TASK = "task-of-node-1";
    private static final String DELETION = "delete-of-node-1";
    private static final Outcome.Failed NO = new Outcome.Failed("PROVIDER_REFUSED", "The provider said no.");

    private final InMemoryLedger ledger = InMemoryLedger.withWorkspace("ws-1", 5, "1000");

    @BeforeEach
    void aNodeIsBeingProvisioned() {
        ledger.send(provision("ws-1", "node-1", "prod-1"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void runsOnceItsLastStepIsDone() {
        provisionToTheEnd();

        assertThat(lastEvent()).isInstanceOf(NodeProvisioningCompleted.class);
    }

    @Test
    void takesTheFirstOutcomeOfAStepOnly() {
        assertThat(report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local")))
                .isEqualTo(OutcomeAnswer.RECORDED);
        List<NodeEvent> before = ledger.nodeEvents("node-1");

        assertThat(report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve2", 101, "local")))
                .isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(ledger.nodeEvents("node-1")).isEqualTo(before);
    }

    @Test
    void takesNoOutcomeAheadOfItsTurn() {
        assertThat(report(TASK, Step.BOOT, new Outcome.Done(null))).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(ledger.nodeEvents("node-1")).hasSize(1);
    }

    @Test
    void choosesAnotherMachineIdWhenItsOwnIsSomebodyElses() {
        report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local"));
        report(TASK, Step.CLONE, new Outcome.IdTaken(100, "The id belongs to another machine."));

        assertThat(report(TASK, Step.CLONE, new Outcome.Done(null))).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        var again = new Outcome.Allocated("pve1", 101, "local");
        assertThat(report(TASK, Step.ALLOCATE, again)).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(ledger.report("node-1", TASK, Step.ALLOCATE, 1, again)).isEqualTo(OutcomeAnswer.RECORDED);
    }

    @Test
    void aFailedProvisioningIsUndoneBeforeItEndsInErrorWithItsReasonAndItsCreditsFree() {
        report(TASK, Step.ALLOCATE, NO);
        for (Step undo : OperationType.PROVISION.compensation()) {
            report(TASK, undo, new Outcome.Done(null));
        }

        assertThat(lastEvent())
                .isEqualTo(new NodeProvisioningFailed(
                        "node-1", "ws-1", TASK, Step.ALLOCATE, NO.code(), NO.reason(), NOW.plusSeconds(1)));
        assertThat(ledger.workspaceEvents("ws-1"))
                .last()
                .isEqualTo(new CreditHoldReleased("ws-1", "node-1", new BigDecimal("86.40"), NOW.plusSeconds(1)));
    }

    @Test
    void aCompensationThatFailsNeedsAPerson() {
        report(TASK, Step.ALLOCATE, NO);
        report(TASK, Step.REMOVE_FROM_KUBERNETES, NO);

        assertThat(lastEvent()).isInstanceOf(NodeNeedsAttention.class);
        assertThat(report(TASK, Step.HALT, new Outcome.Done(null))).isEqualTo(OutcomeAnswer.OPERATION_ENDED);
    }

    @Test
    void deletionPreEmptsProvisioning() {
        DeletionAnswer answer = ledger.send(delete("ws-1", "node-1", false));

        assertThat(answer).isEqualTo(new DeletionAnswer.Deleting(DELETION, false, 2));
        assertThat(ledger.nodeEvents("node-1").get(1)).isInstanceOf(OperationCancelled.class);
        assertThat(report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local")))
                .isEqualTo(OutcomeAnswer.OPERATION_ENDED);
    }

    @Test
    void deletingAgainAnswersTheSameTask() {
        provisionToTheEnd();
        DeletionAnswer first = ledger.send(delete("ws-1", "node-1", false));
        DeletionAnswer again = ledger.send(delete("ws-1", "node-1", false));

        assertThat(first).isEqualTo(again).isInstanceOfSatisfying(DeletionAnswer.Deleting.class, deleting -> {
            assertThat(deleting.taskId()).isEqualTo(DELETION);
            assertThat(deleting.drains()).isTrue();
        });
    }

    @Test
    void aDeletionSaysThatItDrainsOnlyWhileItStillWill() {
        provisionToTheEnd();
        ledger.send(delete("ws-1", "node-1", false));
        report(DELETION, Step.CORDON, new Outcome.Done(null));
        DeletionAnswer before = ledger.send(delete("ws-1", "node-1", false));
        report(DELETION, Step.DRAIN, new Outcome.Done(null));
        DeletionAnswer after = ledger.send(delete("ws-1", "node-1", false));

        assertThat(before)
                .isInstanceOfSatisfying(
                        DeletionAnswer.Deleting.class,
                        it -> assertThat(it.drains()).isTrue());
        assertThat(after)
                .isInstanceOfSatisfying(
                        DeletionAnswer.Deleting.class,
                        it -> assertThat(it.drains()).isFalse());
    }

    @Test
    void aRepeatedDeletionMayEscalateToForce() {
        provisionToTheEnd();
        ledger.send(delete("ws-1", "node-1", false));
        ledger.send(delete("ws-1", "node-1", true));
        ledger.send(delete("ws-1", "node-1", true));

        assertThat(ledger.nodeEvents("node-1").stream().filter(NodeDeletionForced.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aDeletedNodeGivesNamePlaceAndCreditsBack() {
        provisionToTheEnd();
        ledger.send(delete("ws-1", "node-1", false));
        deleteToTheEnd();

        assertThat(lastEvent()).isInstanceOf(NodeDeleted.class);
        assertThat(ledger.workspaceEvents("ws-1"))
                .last()
                .isInstanceOfSatisfying(
                        NodeReleased.class,
                        released -> assertThat(released.releasedHold()).isEqualByComparingTo("86.40"));
        ProvisionAnswer sameName = ledger.send(provision("ws-1", "node-2", "prod-1"));
        assertThat(sameName).isInstanceOf(ProvisionAnswer.Admitted.class);
    }

    @Test
    void aDeletedNodeCanNotBeDeletedAgain() {
        provisionToTheEnd();
        ledger.send(delete("ws-1", "node-1", false));
        deleteToTheEnd();

        DeletionAnswer answer = ledger.send(delete("ws-1", "node-1", false));
        assertThat(answer).isEqualTo(new DeletionAnswer.Refused(new Refusal.NotFound("node", "node-1")));
    }

    @Test
    void anotherWorkspaceDoesNotSeeIt() {
        DeletionAnswer answer = ledger.send(delete("ws-2", "node-1", true));

        assertThat(answer).isEqualTo(new DeletionAnswer.Refused(new Refusal.NotFound("node", "node-1")));
        assertThat(ledger.nodeEvents("node-1")).hasSize(1);
    }

    @Test
    void aDrainThatFailsBringsTheNodeBackToItsFormerStatus() {
        provisionToTheEnd();
        ledger.send(delete("ws-1", "node-1", false));
        report(DELETION, Step.CORDON, new Outcome.Done(null));
        report(DELETION, Step.DRAIN, new Outcome.Failed("DRAIN_TIMEOUT", "A budget blocks it."));
        report(DELETION, Step.INSPECT, new Outcome.Inspected(MachinePower.ON));
        report(DELETION, Step.UNCORDON, new Outcome.Done(null));

        assertThat(lastEvent()).isInstanceOfSatisfying(NodeDeletionFailed.class, failed -> {
            assertThat(failed.status()).isEqualTo(NodeStatus.RUNNING);
            assertThat(failed.code()).isEqualTo("DRAIN_TIMEOUT");
        });
        DeletionAnswer again = ledger.send(delete("ws-1", "node-1", true));
        assertThat(again).isInstanceOf(DeletionAnswer.Deleting.class);
    }

    @Test
    void forceOvertakesADrainAndItsLateFailure() {
        provisionToTheEnd();
        ledger.send(delete("ws-1", "node-1", false));
        report(DELETION, Step.CORDON, new Outcome.Done(null));
        ledger.send(delete("ws-1", "node-1", true));

        assertThat(report(DELETION, Step.DRAIN, new Outcome.Failed("DRAIN_TIMEOUT", "A budget blocks it.")))
                .isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(report(DELETION, Step.REMOVE_FROM_KUBERNETES, new Outcome.Done(null)))
                .isEqualTo(OutcomeAnswer.RECORDED);
    }

    @Test
    void forceTurnsADeletionForwardAgainThatHadTurnedBack() {
        provisionToTheEnd();
        ledger.send(delete("ws-1", "node-1", false));
        report(DELETION, Step.CORDON, new Outcome.Done(null));
        report(DELETION, Step.DRAIN, new Outcome.Failed("DRAIN_TIMEOUT", "A budget blocks it."));
        ledger.send(delete("ws-1", "node-1", true));

        assertThat(report(DELETION, Step.UNCORDON, new Outcome.Done(null))).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        for (Step step : OperationType.DELETE.steps().subList(2, 7)) {
            report(DELETION, step, new Outcome.Done(null));
        }
        assertThat(lastEvent()).isInstanceOf(NodeDeleted.class);
    }

    @Test
    void aMachineThatCanNotBeDestroyedNeedsAPerson() {
        provisionToTheEnd();
        ledger.send(delete("ws-1", "node-1", true));
        report(DELETION, Step.CORDON, new Outcome.Done(null));
        report(DELETION, Step.DRAIN, new Outcome.Done(null));
        report(DELETION, Step.REMOVE_FROM_KUBERNETES, new Outcome.Done(null));
        report(DELETION, Step.HALT, new Outcome.Stuck("MACHINE_LOCKED", "Its lock was left behind."));

        assertThat(lastEvent())
                .isInstanceOfSatisfying(
                        NodeNeedsAttention.class,
                        attention -> assertThat(attention.code()).isEqualTo("MACHINE_LOCKED"));
    }

    @Test
    void aDeletionThatCanNotTurnBackToAWellNodeNeedsAPerson() {
        report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local"));
        ledger.send(delete("ws-1", "node-1", false));

        report(DELETION, Step.CORDON, NO);

        assertThat(lastEvent())
                .isInstanceOfSatisfying(
                        NodeNeedsAttention.class,
                        attention -> assertThat(attention.failedStep()).isEqualTo(Step.CORDON));
    }

    private void provisionToTheEnd() {
        report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local"));
        for (Step step : List.of(Step.CLONE, Step.CONFIGURE, Step.RESIZE, Step.BOOT)) {
            report(TASK, step, new Outcome.Done(null));
        }
        report(TASK, Step.ADDRESS, new Outcome.Addressed("10.0.1.100", "203.0.113.100"));
        report(TASK, Step.JOIN, new Outcome.Done(null));
        report(
                TASK,
                Step.READY,
                new Outcome.Ready(new KubernetesFacts(
                        "node-1-k8s",
                        "uid",
                        Map.of("cpu", "4"),
                        Map.of("cpu", "3800m"),
                        "6.8",
                        "Ubuntu",
                        "containerd://2",
                        "v1.36.0")));
    }

    private void deleteToTheEnd() {
        OperationType.DELETE.steps().forEach(step -> report(DELETION, step, new Outcome.Done(null)));
    }

    private OutcomeAnswer report(String operationId, Step step, Outcome outcome) {
        return ledger.report("node-1", operationId, step, outcome);
    }

    private NodeEvent lastEvent() {
        return ledger.nodeEvents("node-1").getLast();
    }
}
