package io.nodeledger.model.transition;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.MembershipEvent.TransitionJoined;
import io.nodeledger.events.node.NodeCommand.CancelOperation;
import io.nodeledger.events.node.NodeCommand.DeleteTransitionNode;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.TransitionCommand.CancelTransition;
import io.nodeledger.events.transition.TransitionEvent.TransitionCancelled;
import io.nodeledger.events.transition.TransitionEvent.TransitionFailed;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.TransitionStatus;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.PlacementChanged;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A workspace moves to nodes of its own. */
class DedicatedTransitionTest {
    private final TransitionHistory it = new TransitionHistory("200");

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void allNodesAreAdmittedWithIt() {
        TransitionAnswer answer = it.dedicated(MigrationStrategy.BLUE_GREEN, 2);

        assertThat(answer).isInstanceOf(TransitionAnswer.Accepted.class);
        assertThat(it.record().status()).isEqualTo(TransitionStatus.PROVISIONING);
        assertThat(it.ledger.workspaceEvents("ws-1"))
                .filteredOn(NodeAdmitted.class::isInstance)
                .hasSize(2);
        for (String node : List.of("node-1", "node-2")) {
            var events = it.ledger.nodeEvents(node);
            assertThat(events).last().isEqualTo(new TransitionJoined(node, "ws-1", TransitionHistory.ID, NOW));
            assertThat(((NodeProvisioningStarted) events.getFirst()).taints())
                    .containsExactly(new Taint("nodeledger.io/workspace", "ws-1", "NoSchedule"));
        }
    }

    @Test
    void noneIsAdmittedWhereAllCanNotBePaid() {
        TransitionAnswer answer = it.dedicated(MigrationStrategy.ROLLING, 3);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        TransitionAnswer.Refused.class,
                        no -> assertThat(no.refusal()).isInstanceOf(Refusal.InsufficientCredits.class));
        assertThat(it.ledger.nodeEvents("node-1")).isEmpty();
        assertThat(it.ledger.transitionEvents(TransitionHistory.ID)).isEmpty();
    }

    @Test
    void theLimitCountsForAllOfThem() {
        TransitionAnswer answer = it.dedicated(MigrationStrategy.ROLLING, 6);

        assertThat(answer).isEqualTo(new TransitionAnswer.Refused(new Refusal.NodeLimitExceeded(0, 5, "pro")));
    }

    @Test
    void nobodyElseBeginsAnythingMeanwhile() {
        it.dedicated(MigrationStrategy.BLUE_GREEN, 1);
        var inTheWay = new Refusal.OperationInProgress(TransitionHistory.ID);

        ProvisionAnswer another = it.ledger.send(provision("ws-1", "node-9", "prod-9"));
        DeletionAnswer deleted = it.ledger.send(delete("ws-1", "node-1", true));
        OperationAnswer cancelled = it.ledger.send(new CancelOperation("node-1", "ws-1", "task-1", NOW));
        it.run("node-1", "task-1", OperationType.PROVISION);
        OperationAnswer stopped =
                it.ledger.send(new StopNode("node-1", "ws-1", "op-1", true, false, 300, VersionCondition.ANY, 60, NOW));
        TransitionAnswer second = it.dedicated(MigrationStrategy.ROLLING, 1);

        assertThat(another).isEqualTo(new ProvisionAnswer.Refused(inTheWay));
        assertThat(deleted).isEqualTo(new DeletionAnswer.Refused(inTheWay));
        assertThat(cancelled).isEqualTo(new OperationAnswer.Refused(inTheWay));
        assertThat(stopped).isEqualTo(new OperationAnswer.Refused(inTheWay));
        assertThat(second).isEqualTo(new TransitionAnswer.Refused(inTheWay));
    }

    @Test
    void theWorkspaceSwitchesOnceItsWorkloadsRunOnTheNewNodes() {
        it.dedicated(MigrationStrategy.BLUE_GREEN, 1);
        it.tell(new TransitionOutcome.NodeReady("node-1"));
        it.tell(new TransitionOutcome.Prepared(Map.of(), Map.of(), List.of()));

        assertThat(it.tell(TransitionStage.SWITCH, new TransitionOutcome.Switch()))
                .isFalse();
        assertThat(it.tell(new TransitionOutcome.WorkloadsMoved(4))).isTrue();
        assertThat(it.tell(new TransitionOutcome.Switch())).isTrue();
        assertThat(it.tell(new TransitionOutcome.GivenBack())).isTrue();
        assertThat(it.tell(new TransitionOutcome.Concluded())).isTrue();

        assertThat(it.record().status()).isEqualTo(TransitionStatus.COMPLETED);
        assertThat(it.ledger.workspaceEvents("ws-1"))
                .filteredOn(PlacementChanged.class::isInstance)
                .singleElement()
                .extracting(event -> ((PlacementChanged) event).placement())
                .isEqualTo(Placement.DEDICATED);
        assertThat(it.ledger.workspaceEvents("ws-1")).last().isInstanceOf(WorkspaceEvent.TransitionEnded.class);
        assertThat(it.ledger.<Object>send(provision("ws-1", "node-9", "prod-9")))
                .isInstanceOf(ProvisionAnswer.Admitted.class);
    }

    @Test
    void aRollingOneMovesAsSoonAsTheFirstNodeIsReady() {
        it.dedicated(MigrationStrategy.ROLLING, 2);
        it.tell(new TransitionOutcome.NodeReady("node-2"));
        it.tell(new TransitionOutcome.Prepared(Map.of(), Map.of(), List.of()));

        assertThat(it.record().stage()).contains(TransitionStage.MIGRATE);
        assertThat(it.tell(TransitionStage.PROVISION, new TransitionOutcome.NodeReady("node-1")))
                .isTrue();
        assertThat(it.tell(TransitionStage.PROVISION, new TransitionOutcome.NodeReady("node-1")))
                .isFalse();
    }

    @Test
    void whatFailsIsUndoneAndItsNodesGo() {
        it.dedicated(MigrationStrategy.ROLLING, 2);
        it.tell(new TransitionOutcome.NodeReady("node-1"));
        it.tell(new TransitionOutcome.Prepared(Map.of(), Map.of(), List.of()));
        it.tell(new TransitionOutcome.Failed("PROVISIONING_FAILED", "No room"));

        assertThat(it.record().stage()).contains(TransitionStage.MOVE_BACK);
        it.tell(new TransitionOutcome.WorkloadsMovedBack());
        assertThat(it.record().stage()).contains(TransitionStage.REMOVE);
        DeletionAnswer deletion = it.ledger.send(
                new DeleteTransitionNode("node-1", "ws-1", TransitionHistory.ID, "task-9", 300, 60, NOW));
        assertThat(deletion).isInstanceOf(DeletionAnswer.Deleting.class);
        it.tell(new TransitionOutcome.NodeRemoved("node-1"));
        it.tell(new TransitionOutcome.NodeRemoved("node-2"));
        it.tell(new TransitionOutcome.Concluded());

        assertThat(it.ledger.transitionEvents(TransitionHistory.ID))
                .last()
                .isEqualTo(new TransitionFailed(
                        TransitionHistory.ID, "ws-1", "PROVISIONING_FAILED", "No room", NOW.plusSeconds(10)));
        assertThat(it.ledger.workspaceEvents("ws-1")).noneMatch(PlacementChanged.class::isInstance);
    }

    @Test
    void itCanBeCalledOffUntilItSwitches() {
        it.dedicated(MigrationStrategy.BLUE_GREEN, 1);
        it.tell(new TransitionOutcome.NodeReady("node-1"));
        var cancel = new CancelTransition(TransitionHistory.ID, "ws-1", NOW.plusSeconds(20));

        assertThat(it.ledger.<Object>send(cancel)).isInstanceOf(TransitionAnswer.Accepted.class);
        assertThat(it.ledger.<Object>send(cancel)).isInstanceOf(TransitionAnswer.Accepted.class);
        assertThat(it.record().stage()).contains(TransitionStage.REMOVE);
        it.tell(new TransitionOutcome.NodeRemoved("node-1"));
        it.tell(new TransitionOutcome.Concluded());

        assertThat(it.ledger.transitionEvents(TransitionHistory.ID)).last().isInstanceOf(TransitionCancelled.class);
    }

    @Test
    void itCanNotBeCalledOffAfterwards() {
        it.dedicated(MigrationStrategy.ALL_AT_ONCE, 1);
        it.tell(new TransitionOutcome.NodeReady("node-1"));
        it.tell(new TransitionOutcome.Prepared(Map.of(), Map.of(), List.of()));
        it.tell(new TransitionOutcome.WorkloadsMoved(0));
        it.tell(new TransitionOutcome.Switch());

        TransitionAnswer answer =
                it.ledger.send(new CancelTransition(TransitionHistory.ID, "ws-1", NOW.plusSeconds(20)));

        assertThat(answer).isEqualTo(new TransitionAnswer.Refused(new Refusal.NotCancellable("give_back")));
    }

    @Test
    void peopleAreAskedOnceUntilItGetsOn() {
        it.dedicated(MigrationStrategy.BLUE_GREEN, 2);
        it.tell(new TransitionOutcome.Failed("PROVISIONING_FAILED", "No room"));

        assertThat(it.tell(new TransitionOutcome.Delayed("It waits"))).isTrue();
        assertThat(it.tell(new TransitionOutcome.Delayed("It waits"))).isFalse();
        assertThat(it.tell(new TransitionOutcome.Stuck("Nothing goes"))).isTrue();
        assertThat(it.tell(new TransitionOutcome.Delayed("It waits"))).isFalse();
        assertThat(it.tell(new TransitionOutcome.Stuck("Nothing goes still"))).isFalse();
        it.tell(new TransitionOutcome.NodeRemoved("node-1"));
        assertThat(it.tell(new TransitionOutcome.Stuck("Nothing goes again"))).isTrue();
    }
}
