package io.nodeledger.provisioner.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.BackupStarted;
import io.nodeledger.events.transition.TransitionEvent.NodesReserved;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionScheduled;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionStarted;
import io.nodeledger.events.transition.TransitionNode;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.backup.BackupRound;
import io.nodeledger.provisioner.proxmox.backup.MachineBackups;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A window of an hour, and machines whose backups take ten minutes. */
class BackUpNodesTest {
    private static final Instant START = Instant.parse("2026-03-29T02:00:00Z");
    private static final MaintenanceWindow WINDOW = new MaintenanceWindow(START, START.plusSeconds(3_600));
    private static final Duration WAIT = Duration.ofDays(7);
    private static final Duration BACKUP = Duration.ofMinutes(10);
    private static final Duration ABOUT_A_BACKUP = Duration.ofMinutes(9);

    private final MachineBackups backups = mock();
    private final LiveNodes nodes = mock();
    private final Turn turn = mock();
    private final BackUpNodes stage = new BackUpNodes(backups, nodes, WAIT);

    @Test
    void noneIsBegunThatTheWindowLeavesNoTimeFor() throws Exception {
        Instant now = WINDOW.end().minus(ABOUT_A_BACKUP).plusMillis(1);
        when(turn.now()).thenReturn(now);

        Duration pause = stage.round(reserved(), turn);

        assertThat(pause).isEqualTo(StageWork.ON);
        verify(turn)
                .record(new TransitionOutcome.WindowClosed(
                        "The window closes before all machines are backed up.", now.plus(WAIT)));
        verifyNoInteractions(backups);
    }

    @Test
    void oneIsBegunAsLongAsItFits() throws Exception {
        when(turn.now()).thenReturn(WINDOW.end().minus(ABOUT_A_BACKUP));
        aNodeWithAMachine();
        when(backups.round(any(), any())).thenReturn(new BackupRound.Started("UPID:1"));

        stage.round(reserved(), turn);

        verify(turn).record(new TransitionOutcome.BackupBegun("node-1", "UPID:1"));
    }

    @Test
    void whatWasBegunIsLetEnd() throws Exception {
        when(turn.now()).thenReturn(WINDOW.end().plusSeconds(60));
        aNodeWithAMachine();
        when(backups.round(any(), any())).thenReturn(new BackupRound.Done("nfs:backup/1", 4_096));

        stage.round(after(reserved(), new BackupStarted("trans-1", "ws-1", "node-1", "UPID:1", START)), turn);

        verify(turn).record(new TransitionOutcome.BackedUp("node-1", "nfs:backup/1", 4_096));
    }

    private static TransitionRecord reserved() {
        TransitionRecord scheduled = after(
                null,
                new SharedTransitionScheduled(
                        "trans-1",
                        "ws-1",
                        "ws-1",
                        MigrationStrategy.ROLLING,
                        WINDOW,
                        true,
                        List.of("node-1"),
                        780,
                        180,
                        new TransitionDurations(900, 300, 180, BACKUP.toSeconds()),
                        START.minusSeconds(600)));
        var started = after(scheduled, new SharedTransitionStarted("trans-1", "ws-1", List.of("node-1"), START));
        var node = new TransitionNode("node-1", "prod-1", "plan", "us-west-2", new BigDecimal("0.12"));
        return after(started, new NodesReserved("trans-1", "ws-1", List.of(node), START));
    }

    private static TransitionRecord after(@Nullable TransitionRecord before, TransitionEvent event) {
        return TransitionFold.after(before, event);
    }

    private void aNodeWithAMachine() {
        NodeFacts node = mock();
        when(node.nodeId()).thenReturn("node-1");
        when(node.region()).thenReturn("us-west-2");
        when(node.placement()).thenReturn(new Placement("pve1", 100, "local"));
        when(nodes.read("node-1")).thenReturn(node);
    }
}
