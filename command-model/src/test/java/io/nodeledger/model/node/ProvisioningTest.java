package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.node.HandledNode.DONE;
import static io.nodeledger.model.node.HandledNode.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first operation of a node's life, its outcomes and its end. */
class ProvisioningTest {
    private static final Outcome.Failed NO = new Outcome.Failed("PROVIDER_REFUSED", "The provider said no.");

    private final HandledNode node = new HandledNode("1000");

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void runsOnceItsLastStepIsDone() {
        node.provisionToTheEnd();

        assertThat(node.last()).isInstanceOf(NodeProvisioningCompleted.class);
    }

    @Test
    void takesTheFirstOutcomeOfAStepOnly() {
        assertThat(node.report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local")))
                .isEqualTo(OutcomeAnswer.RECORDED);
        List<NodeEvent> before = node.events();

        assertThat(node.report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve2", 101, "local")))
                .isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(node.events()).isEqualTo(before);
    }

    @Test
    void takesNoOutcomeAheadOfItsTurn() {
        assertThat(node.report(TASK, Step.BOOT, DONE)).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(node.events()).hasSize(1);
    }

    @Test
    void choosesAnotherMachineIdWhenItsOwnIsSomebodyElses() {
        node.report(TASK, Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local"));
        node.report(TASK, Step.CLONE, new Outcome.IdTaken(100, "The id belongs to another machine."));

        assertThat(node.report(TASK, Step.CLONE, DONE)).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        var again = new Outcome.Allocated("pve1", 101, "local");
        assertThat(node.report(TASK, Step.ALLOCATE, again)).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(node.ledger.report("node-1", TASK, Step.ALLOCATE, 1, again)).isEqualTo(OutcomeAnswer.RECORDED);
    }

    @Test
    void aFailedProvisioningIsUndoneBeforeItEndsInErrorWithItsReasonAndItsCreditsFree() {
        node.report(TASK, Step.ALLOCATE, NO);
        for (Step undo : OperationType.PROVISION.compensation()) {
            node.report(TASK, undo, DONE);
        }

        assertThat(node.last())
                .isEqualTo(new NodeProvisioningFailed(
                        "node-1", "ws-1", TASK, Step.ALLOCATE, NO.code(), NO.reason(), NOW.plusSeconds(1)));
        assertThat(node.ledger.workspaceEvents("ws-1"))
                .last()
                .isEqualTo(new CreditHoldReleased("ws-1", "node-1", new BigDecimal("86.40"), NOW.plusSeconds(1)));
    }

    @Test
    void aCompensationThatFailsNeedsAPerson() {
        node.report(TASK, Step.ALLOCATE, NO);
        node.report(TASK, Step.REMOVE_FROM_KUBERNETES, NO);

        assertThat(node.last()).isInstanceOf(NodeNeedsAttention.class);
        assertThat(node.report(TASK, Step.HALT, DONE)).isEqualTo(OutcomeAnswer.OPERATION_ENDED);
    }
}
