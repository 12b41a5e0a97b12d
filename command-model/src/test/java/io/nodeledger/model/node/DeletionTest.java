package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.InMemoryLedger.provision;
import static io.nodeledger.model.node.HandledNode.DELETION;
import static io.nodeledger.model.node.HandledNode.DONE;
import static io.nodeledger.model.node.HandledNode.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The last operation of a node's life: repeated, forced, turned back and stuck. */
class DeletionTest {
    private static final Outcome.Failed NO = new Outcome.Failed("PROVIDER_REFUSED", "The provider said no.");

    private final HandledNode node = new HandledNode("1000");

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void deletionPreEmptsProvisioning() {
        DeletionAnswer answer = node.delete(false);

        assertThat(answer).isEqualTo(new DeletionAnswer.Deleting(DELETION, false, 2));
        assertThat(node.events().get(1)).isInstanceOf(OperationCancelled.class);
        assertThat(node.report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local")))
                .isEqualTo(OutcomeAnswer.OPERATION_ENDED);
    }

    @Test
    void deletingAgainAnswersTheSameTask() {
        node.provisionToTheEnd();
        DeletionAnswer first = node.delete(false);
        DeletionAnswer again = node.delete(false);

        assertThat(first).isEqualTo(again).isInstanceOfSatisfying(DeletionAnswer.Deleting.class, deleting -> {
            assertThat(deleting.taskId()).isEqualTo(DELETION);
            assertThat(deleting.drains()).isTrue();
        });
    }

    @Test
    void aDeletionSaysThatItDrainsOnlyWhileItStillWill() {
        node.provisionToTheEnd();
        node.delete(false);
        node.report(DELETION, Step.CORDON, DONE);
        DeletionAnswer before = node.delete(false);
        node.report(DELETION, Step.DRAIN, DONE);
        DeletionAnswer after = node.delete(false);

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
        node.provisionToTheEnd();
        node.delete(false);
        node.delete(true);
        node.delete(true);

        assertThat(node.events().stream().filter(NodeDeletionForced.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aDeletedNodeGivesNamePlaceAndCreditsBack() {
        node.provisionToTheEnd();
        node.delete(false);
        node.run(DELETION, OperationType.DELETE.steps());

        assertThat(node.last()).isInstanceOf(NodeDeleted.class);
        assertThat(node.ledger.workspaceEvents("ws-1"))
                .last()
                .isInstanceOfSatisfying(
                        NodeReleased.class,
                        released -> assertThat(released.releasedHold()).isEqualByComparingTo("86.40"));
        ProvisionAnswer sameName = node.ledger.send(provision("ws-1", "node-2", "prod-1"));
        assertThat(sameName).isInstanceOf(ProvisionAnswer.Admitted.class);
    }

    @Test
    void aDeletedNodeCanNotBeDeletedAgain() {
        node.provisionToTheEnd();
        node.delete(false);
        node.run(DELETION, OperationType.DELETE.steps());

        DeletionAnswer answer = node.delete(false);
        assertThat(answer).isEqualTo(new DeletionAnswer.Refused(new Refusal.NotFound("node", "node-1")));
    }

    @Test
    void anotherWorkspaceDoesNotSeeIt() {
        DeletionAnswer answer = node.ledger.send(delete("ws-2", "node-1", true));

        assertThat(answer).isEqualTo(new DeletionAnswer.Refused(new Refusal.NotFound("node", "node-1")));
        assertThat(node.events()).hasSize(1);
    }

    @Test
    void aDrainThatFailsBringsTheNodeBackToItsFormerStatus() {
        node.provisionToTheEnd();
        node.delete(false);
        node.report(DELETION, Step.CORDON, DONE);
        node.report(DELETION, Step.DRAIN, new Outcome.Failed("DRAIN_TIMEOUT", "A budget blocks it."));
        node.report(DELETION, Step.INSPECT, new Outcome.Inspected(MachinePower.ON));
        node.report(DELETION, Step.UNCORDON, DONE);

        assertThat(node.last()).isInstanceOfSatisfying(NodeDeletionFailed.class, failed -> {
            assertThat(failed.status()).isEqualTo(NodeStatus.RUNNING);
            assertThat(failed.code()).isEqualTo("DRAIN_TIMEOUT");
        });
        DeletionAnswer again = node.delete(true);
        assertThat(again).isInstanceOf(DeletionAnswer.Deleting.class);
    }

    @Test
    void forceOvertakesADrainAndItsLateFailure() {
        node.provisionToTheEnd();
        node.delete(false);
        node.report(DELETION, Step.CORDON, DONE);
        node.delete(true);

        assertThat(node.report(DELETION, Step.DRAIN, new Outcome.Failed("DRAIN_TIMEOUT", "A budget blocks it.")))
                .isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(node.report(DELETION, Step.REMOVE_FROM_KUBERNETES, DONE)).isEqualTo(OutcomeAnswer.RECORDED);
    }

    @Test
    void forceTurnsADeletionForwardAgainThatHadTurnedBack() {
        node.provisionToTheEnd();
        node.delete(false);
        node.report(DELETION, Step.CORDON, DONE);
        node.report(DELETION, Step.DRAIN, new Outcome.Failed("DRAIN_TIMEOUT", "A budget blocks it."));
        node.delete(true);

        assertThat(node.report(DELETION, Step.UNCORDON, DONE)).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        for (Step step : OperationType.DELETE.steps().subList(2, 7)) {
            node.report(DELETION, step, DONE);
        }
        assertThat(node.last()).isInstanceOf(NodeDeleted.class);
    }

    @Test
    void aMachineThatCanNotBeDestroyedNeedsAPerson() {
        node.provisionToTheEnd();
        node.delete(true);
        node.report(DELETION, Step.CORDON, DONE);
        node.report(DELETION, Step.DRAIN, DONE);
        node.report(DELETION, Step.REMOVE_FROM_KUBERNETES, DONE);
        node.report(DELETION, Step.HALT, new Outcome.Stuck("MACHINE_LOCKED", "Its lock was left behind."));

        assertThat(node.last())
                .isInstanceOfSatisfying(
                        NodeNeedsAttention.class,
                        attention -> assertThat(attention.code()).isEqualTo("MACHINE_LOCKED"));
    }

    @Test
    void aDeletionThatCanNotTurnBackToAWellNodeNeedsAPerson() {
        node.report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local"));
        node.delete(false);

        node.report(DELETION, Step.CORDON, NO);

        assertThat(node.last())
                .isInstanceOfSatisfying(
                        NodeNeedsAttention.class,
                        attention -> assertThat(attention.failedStep()).isEqualTo(Step.CORDON));
    }
}
