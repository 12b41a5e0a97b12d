package io.nodeledger.model.transition;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.provision;
import static io.nodeledger.model.transition.TransitionHistory.ID;
import static io.nodeledger.model.transition.TransitionHistory.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.MembershipAnswer;
import io.nodeledger.events.node.NodeCommand.JoinTransition;
import io.nodeledger.events.node.NodeCommand.LeaveTransition;
import io.nodeledger.events.node.NodeCommand.StartNode;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.TransitionCommand.CancelTransition;
import io.nodeledger.events.transition.TransitionCommand.ChangeWindow;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionStarted;
import io.nodeledger.events.transition.TransitionEvent.TransitionTurnedBack;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.TransitionStatus;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionEnded;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionOpened;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A workspace gives its nodes up. */
class SharedTransitionTest {
    private final TransitionHistory it = new TransitionHistory("500");

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void itsNodesAreThoseOfTheMomentInWhichItsWindowOpens() {
        it.aNode("node-1");
        it.shared(MigrationStrategy.ROLLING, WINDOW, false);
        it.aNode("node-2");

        assertThat(it.record().status()).isEqualTo(TransitionStatus.SCHEDULED);
        assertThat(it.open()).isTrue();

        assertThat(it.ledger.transitionEvents(ID))
                .last()
                .isEqualTo(new SharedTransitionStarted(ID, "ws-1", List.of("node-1", "node-2"), NOW.plusSeconds(10)));
        ProvisionAnswer third = it.ledger.send(provision("ws-1", "node-3", "prod-3"));
        assertThat(third).isEqualTo(new ProvisionAnswer.Refused(new Refusal.OperationInProgress(ID)));
    }

    @Test
    void thereMustBeSomethingToGiveUp() {
        assertThat(it.shared(MigrationStrategy.ROLLING, WINDOW, false))
                .isEqualTo(new TransitionAnswer.Refused(new Refusal.InvalidState("shared", List.of("dedicated"))));
    }

    @Test
    void itsWindowMustBeLongEnough() {
        it.aNode("node-1");
        it.aNode("node-2");
        var tooShort = new MaintenanceWindow(NOW.plusSeconds(60), NOW.plusSeconds(60 + 479));

        assertThat(it.shared(MigrationStrategy.ROLLING, tooShort, true))
                .isEqualTo(new TransitionAnswer.Refused(new Refusal.WindowTooShort(479, 480)));
    }

    @Test
    void aNodeIsReservedOnceNothingRunsOnIt() {
        it.aNode("node-1");
        it.shared(MigrationStrategy.ROLLING, null, false);
        it.ledger.send(new StopNode("node-1", "ws-1", "op-1", false, false, 0, VersionCondition.ANY, 60, NOW));
        var join = new JoinTransition("node-1", "ws-1", ID, NOW);

        assertThat(it.ledger.<MembershipAnswer>send(join)).isEqualTo(new MembershipAnswer.Busy("op-1"));
        it.run("node-1", "op-1", OperationType.STOP);
        assertThat(it.ledger.<MembershipAnswer>send(join)).isInstanceOf(MembershipAnswer.Member.class);
        it.ledger.send(new LeaveTransition("node-1", "ws-1", ID, NOW));
        OperationAnswer again = it.ledger.send(new StartNode("node-1", "ws-1", "op-2", VersionCondition.ANY, 60, NOW));
        assertThat(again).isInstanceOf(OperationAnswer.Accepted.class);
    }

    @Test
    void itPausesBetweenNodesAndGoesOnInAnotherWindow() {
        it.aNode("node-1");
        it.aNode("node-2");
        it.shared(MigrationStrategy.ROLLING, WINDOW, true);
        toMigration();
        it.tell(new TransitionOutcome.NodeDrained("node-1"));
        it.tell(new TransitionOutcome.WindowClosed("It closes", NOW.plusSeconds(90_000)));

        assertThat(it.record().status()).isEqualTo(TransitionStatus.SCHEDULED);
        assertThat(it.record().pausedUntil()).isEqualTo(NOW.plusSeconds(90_000));
        var next = new MaintenanceWindow(NOW.plusSeconds(80_000), NOW.plusSeconds(80_000 + 300));
        TransitionAnswer changed = it.ledger.send(new ChangeWindow(ID, "ws-1", next, NOW.plusSeconds(20)));
        assertThat(changed).isInstanceOf(TransitionAnswer.Accepted.class);
        assertThat(it.open()).isTrue();

        assertThat(it.record().stage()).contains(TransitionStage.BACK_UP);
        assertThat(it.record().member("node-1").map(Member::progress)).contains(Progress.DRAINED);
        assertThat(it.record().member("node-2").map(Member::progress)).contains(Progress.READY);
    }

    @Test
    void oneThatMissedItsFirstWindowBeginsInTheNext() {
        it.aNode("node-1");
        it.shared(MigrationStrategy.ROLLING, WINDOW, false);
        it.tell(new TransitionOutcome.WindowMissed(WINDOW, "Missed", NOW.plusSeconds(90_000)));
        it.aNode("node-2");
        var next = new MaintenanceWindow(NOW.plusSeconds(80_000), NOW.plusSeconds(81_800));
        it.ledger.send(new ChangeWindow(ID, "ws-1", next, NOW.plusSeconds(20)));

        assertThat(it.open()).isTrue();

        assertThat(it.ledger.transitionEvents(ID))
                .last()
                .isEqualTo(new SharedTransitionStarted(ID, "ws-1", List.of("node-1", "node-2"), NOW.plusSeconds(20)));
        assertThat(it.record().pausedUntil()).isNull();
        assertThat(it.record().resumed()).isZero();
        assertThat(it.record().stage()).contains(TransitionStage.RESERVE);
    }

    @Test
    void aWindowAfterAPauseLeavesTimeForWhatIsLeftAndItsBackups() {
        it.aNode("node-1");
        it.aNode("node-2");
        it.shared(MigrationStrategy.ROLLING, WINDOW, true);
        toMigration();
        it.tell(new TransitionOutcome.NodeDrained("node-1"));
        it.tell(new TransitionOutcome.WindowClosed("It closes", NOW.plusSeconds(90_000)));
        var tooShort = new MaintenanceWindow(NOW.plusSeconds(80_000), NOW.plusSeconds(80_000 + 299));

        TransitionAnswer answer = it.ledger.send(new ChangeWindow(ID, "ws-1", tooShort, NOW.plusSeconds(20)));

        assertThat(answer).isEqualTo(new TransitionAnswer.Refused(new Refusal.WindowTooShort(299, 120 + 180)));
    }

    @Test
    void aPauseCanNotBeDrawnOutByAWindowFarAhead() {
        it.aNode("node-1");
        it.aNode("node-2");
        it.shared(MigrationStrategy.ROLLING, WINDOW, true);
        toMigration();
        Instant until = NOW.plusSeconds(90_000);
        it.tell(new TransitionOutcome.WindowClosed("It closes", until));
        var late = new MaintenanceWindow(until.plusMillis(1), until.plusSeconds(3_600));
        var last = new MaintenanceWindow(until, until.plusSeconds(3_600));

        TransitionAnswer refused = it.ledger.send(new ChangeWindow(ID, "ws-1", late, NOW.plusSeconds(20)));
        TransitionAnswer accepted = it.ledger.send(new ChangeWindow(ID, "ws-1", last, NOW.plusSeconds(20)));

        assertThat(refused).isEqualTo(new TransitionAnswer.Refused(new Refusal.WindowTooLate(until)));
        assertThat(accepted).isInstanceOf(TransitionAnswer.Accepted.class);
    }

    @Test
    void itEndsWhenItsNodesAreGone() {
        it.aNode("node-1");
        it.aNode("node-2");
        it.shared(MigrationStrategy.BLUE_GREEN, WINDOW, true);
        toMigration();
        it.tell(new TransitionOutcome.NodeDrained("node-1"));
        it.tell(new TransitionOutcome.NodeDrained("node-2"));
        it.tell(new TransitionOutcome.WorkloadsMoved(7));
        it.tell(new TransitionOutcome.Switch());
        assertThat(it.tell(TransitionStage.DELETE, new TransitionOutcome.Failed("X", "Too late to be undone")))
                .isFalse();
        it.tell(new TransitionOutcome.NodeRemoved("node-1"));
        assertThat(it.record().stage()).contains(TransitionStage.DELETE);
        it.tell(new TransitionOutcome.NodeRemoved("node-2"));
        it.tell(new TransitionOutcome.Concluded());

        assertThat(it.record().status()).isEqualTo(TransitionStatus.COMPLETED);
        assertThat(it.ledger.workspaceEvents("ws-1")).last().isInstanceOf(TransitionEnded.class);
    }

    @Test
    void oneThatOnlyWaitsHasNothingToUndo() {
        it.aNode("node-1");
        it.shared(MigrationStrategy.ROLLING, WINDOW, false);

        it.ledger.send(new CancelTransition(ID, "ws-1", NOW.plusSeconds(5)));
        assertThat(it.record().stage()).contains(TransitionStage.CONCLUDE);
        it.tell(new TransitionOutcome.Concluded());

        assertThat(it.record().status()).isEqualTo(TransitionStatus.CANCELLED);
    }

    @Test
    void oneThatHasBegunGivesItsNodesBack() {
        it.aNode("node-1");
        it.shared(MigrationStrategy.ROLLING, null, true);
        it.open();
        it.tell(new TransitionOutcome.Reserved(List.of(TransitionHistory.node("node-1"))));
        it.tell(new TransitionOutcome.Failed("BACKUP_FAILED", "The storage is full"));

        assertThat(it.record().stage()).contains(TransitionStage.GIVE_BACK);
        it.tell(new TransitionOutcome.GivenBack());
        it.tell(new TransitionOutcome.Concluded());

        assertThat(it.record().status()).isEqualTo(TransitionStatus.FAILED);
    }

    @Test
    void whatWasJudgedByAFormerWindowIsNothing() {
        it.aNode("node-1");
        it.shared(MigrationStrategy.ROLLING, WINDOW, false);
        var later = new MaintenanceWindow(NOW.plusSeconds(80_000), NOW.plusSeconds(81_800));
        it.ledger.send(new ChangeWindow(ID, "ws-1", later, NOW.plusSeconds(5)));

        assertThat(it.tell(new TransitionOutcome.WindowOpened(WINDOW))).isFalse();
        assertThat(it.tell(new TransitionOutcome.WindowMissed(WINDOW, "Missed", NOW.plusSeconds(90_000))))
                .isFalse();
        assertThat(it.ledger.workspaceEvents("ws-1"))
                .as("nodes may still be provisioned")
                .noneMatch(TransitionOpened.class::isInstance);
        assertThat(it.tell(new TransitionOutcome.WindowOpened(later))).isTrue();
    }

    @Test
    void aWindowThatWasJustAcceptedKeepsItFromBeingUndone() {
        it.aNode("node-1");
        it.shared(MigrationStrategy.ROLLING, WINDOW, false);
        it.tell(new TransitionOutcome.WindowMissed(WINDOW, "Missed", NOW.plusSeconds(90_000)));
        var next = new MaintenanceWindow(NOW.plusSeconds(80_000), NOW.plusSeconds(81_800));
        it.ledger.send(new ChangeWindow(ID, "ws-1", next, NOW.plusSeconds(20)));

        assertThat(it.tell(new TransitionOutcome.WindowExpired(WINDOW))).isFalse();
        assertThat(it.tell(new TransitionOutcome.WindowExpired(next))).isTrue();
        assertThat(it.ledger.transitionEvents(ID))
                .last()
                .isInstanceOfSatisfying(
                        TransitionTurnedBack.class,
                        undone -> assertThat(undone.code()).isEqualTo("WINDOW_EXPIRED"));
    }

    @Test
    void theWindowIsFixedOnceItHasOpened() {
        it.aNode("node-1");
        it.shared(MigrationStrategy.ROLLING, WINDOW, false);
        it.open();

        TransitionAnswer answer = it.ledger.send(new ChangeWindow(ID, "ws-1", WINDOW, NOW));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        TransitionAnswer.Refused.class,
                        no -> assertThat(no.refusal()).isInstanceOf(Refusal.InvalidState.class));
    }

    private void toMigration() {
        it.open();
        it.tell(new TransitionOutcome.Reserved(
                List.of(TransitionHistory.node("node-1"), TransitionHistory.node("node-2"))));
        for (String node : List.of("node-1", "node-2")) {
            it.tell(new TransitionOutcome.BackupBegun(node, "UPID:" + node));
            it.tell(new TransitionOutcome.BackedUp(node, "nfs:backup/" + node, 1));
        }
        it.tell(new TransitionOutcome.Prepared(Map.of(), Map.of(), List.of()));
    }
}
