package io.nodeledger.model.node;

import static io.nodeledger.model.node.HandledNode.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operation on a node's power fails, is called off or gives way to a deletion. */
class TurnedBackTest {
    private static final Outcome NO = new Outcome.Failed("NO", "The provider said no.");

    private final HandledNode node = new HandledNode("100");

    @BeforeEach
    void aRunningNode() {
        node.provisionToTheEnd();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aFailureLeavesItInWhatItsMachineReallyDoes() {
        node.stop("op-1");
        node.report("op-1", Step.CORDON, DONE);
        node.report("op-1", Step.DRAIN, DONE);
        node.report("op-1", Step.SHUT_DOWN, NO);
        node.report("op-1", Step.INSPECT, new Outcome.Inspected(MachinePower.OFF));
        node.report("op-1", Step.UNCORDON, DONE);

        assertThat(failure().status()).as("the success came late").isEqualTo(NodeStatus.STOPPED);
        assertThat(failure().code()).isEqualTo("NO");

        node.start("op-2");
        node.report("op-2", Step.BOOT, NO);
        node.report("op-2", Step.INSPECT, new Outcome.Inspected(MachinePower.ON));
        node.report("op-2", Step.UNCORDON, new Outcome.Failed("CLUSTER", "The cluster said no."));

        assertThat(failure().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(failure().reason())
                .isEqualTo("The provider said no. It could not be opened to new pods again: The cluster said no.");
    }

    @Test
    void whatNobodyCanSeeIsForAPerson() {
        node.reboot("op-1");
        node.report("op-1", Step.CORDON, DONE);
        node.report("op-1", Step.DRAIN, DONE);
        node.report("op-1", Step.SHUT_DOWN, NO);
        node.report("op-1", Step.INSPECT, NO);

        assertThat(node.last()).isInstanceOf(NodeNeedsAttention.class);
        assertThat(node.start("op-2")).as("error has its exits").isInstanceOf(OperationAnswer.Accepted.class);
        assertThat(node.cancel("op-2"))
                .as("its machine may have been on before")
                .isEqualTo(refused(new Refusal.NotCancellable("boot")));
    }

    @Test
    void whatWasNotTouchedIsAsItWasAlsoWhenNobodyCanLook() {
        node.stop("op-1");
        node.report("op-1", Step.CORDON, DONE);
        node.report("op-1", Step.DRAIN, NO);
        node.report("op-1", Step.INSPECT, NO);
        node.report("op-1", Step.UNCORDON, DONE);

        assertThat(failure().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(failure().code()).isEqualTo("NO");
    }

    @Test
    void aDeletionThatIsBeingCalledOffTakesNoOtherWishButForce() {
        node.delete(false);
        node.cancel("delete-of-node-1");

        DeletionAnswer again = node.delete(false);
        assertThat(again).isEqualTo(new DeletionAnswer.Refused(new Refusal.OperationInProgress("delete-of-node-1")));
        DeletionAnswer forced = node.delete(true);
        assertThat(forced).isInstanceOf(DeletionAnswer.Deleting.class);
    }

    @Test
    void isCalledOffWhileWorkloadsAreBeingMovedAway() {
        node.stop("op-1");
        node.report("op-1", Step.CORDON, DONE);
        OperationAnswer cancelled = node.cancel("op-1");
        assertThat(cancelled).isInstanceOf(OperationAnswer.Accepted.class);
        assertThat(node.cancel("op-1")).as("a repeat changes nothing").isEqualTo(cancelled);
        assertThat(node.report("op-1", Step.DRAIN, DONE)).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        node.report("op-1", Step.INSPECT, new Outcome.Inspected(MachinePower.ON));
        node.report("op-1", Step.UNCORDON, DONE);

        assertThat(failure().code()).isEqualTo("OPERATION_CANCELLED");
        assertThat(failure().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(node.cancel("op-1")).isEqualTo(refused(new Refusal.NotCancellable("ended")));
    }

    @Test
    void isNotCalledOffOnceItsMachineIsBeingSwitchedOff() {
        node.stop("op-1");
        node.report("op-1", Step.CORDON, DONE);
        node.report("op-1", Step.DRAIN, DONE);

        assertThat(node.cancel("op-1")).isEqualTo(refused(new Refusal.NotCancellable("shut_down")));
    }

    @Test
    void aStartThatIsCalledOffIsTakenBack() {
        node.stop("op-1");
        node.run("op-1", OperationType.STOP.steps());
        node.start("op-2");
        node.report("op-2", Step.BOOT, DONE);
        node.cancel("op-2");
        node.report("op-2", Step.HALT, DONE);
        node.report("op-2", Step.INSPECT, new Outcome.Inspected(MachinePower.OFF));
        node.report("op-2", Step.UNCORDON, DONE);

        assertThat(failure().status()).isEqualTo(NodeStatus.STOPPED);
    }

    @Test
    void isPreemptedByItsDeletion() {
        node.stop("op-1");
        DeletionAnswer answer = node.delete(false);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        DeletionAnswer.Deleting.class,
                        deleting -> assertThat(deleting.drains()).isTrue());
        assertThat(node.report("op-1", Step.CORDON, DONE)).isEqualTo(OutcomeAnswer.OPERATION_ENDED);
        assertThat(node.start("op-2")).isEqualTo(refused(new Refusal.OperationInProgress("delete-of-node-1")));
    }

    private static OperationAnswer refused(Refusal refusal) {
        return new OperationAnswer.Refused(refusal);
    }

    private PowerOperationFailed failure() {
        return (PowerOperationFailed) node.last();
    }
}
