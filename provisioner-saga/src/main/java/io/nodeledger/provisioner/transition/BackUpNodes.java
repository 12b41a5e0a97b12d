package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.backup.BackupOrder;
import io.nodeledger.provisioner.proxmox.backup.BackupRound;
import io.nodeledger.provisioner.proxmox.backup.MachineBackups;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Backs machines up, a few at a time, as long as the window leaves time for another. What was begun is let end. */
final class BackUpNodes implements StageWork {
    private final MachineBackups backups;
    private final LiveNodes nodes;
    private final Duration windowWait;

    BackUpNodes(MachineBackups backups, LiveNodes nodes, Duration windowWait) {
        this.backups = backups;
        this.nodes = nodes;
        this.windowWait = windowWait;
    }

    @Override
    public Set<TransitionStage> stages() {
        return Set.of(TransitionStage.BACK_UP);
    }

    @Override
    public Duration round(TransitionRecord transition, Turn turn) throws InterruptedException {
        List<Member> left = transition.members().stream()
                .filter(member -> !member.is(Progress.BACKED_UP))
                .toList();
        List<Member> begun =
                left.stream().filter(member -> member.upid() != null).toList();
        MaintenanceWindow window = transition.window();
        boolean closed = window != null && !window.leaves(needed(transition), turn.now());
        if (closed && begun.isEmpty()) {
            turn.record(new TransitionOutcome.WindowClosed(
                    "The window closes before all machines are backed up.",
                    turn.now().plus(windowWait)));
            return ON;
        }
        turn.progress(transition.members().size() - left.size());
        boolean recorded = false;
        for (Member member : closed ? begun : firstOf(begun, left)) {
            recorded |= round(transition, member, turn);
        }
        return recorded ? ON : SOON;
    }

    private static Duration needed(TransitionRecord transition) {
        return Duration.ofSeconds(transition.plan().durations().backup());
    }

    private static List<Member> firstOf(List<Member> begun, List<Member> left) {
        return left.stream()
                .sorted((one, other) -> Boolean.compare(begun.contains(other), begun.contains(one)))
                .limit(TransitionDurations.BACKUPS_AT_ONCE)
                .toList();
    }

    private boolean round(TransitionRecord transition, Member member, Turn turn) throws InterruptedException {
        NodeFacts node = nodes.read(member.nodeId());
        Placement machine = node.placement();
        if (machine == null) {
            // There is nothing of it that could be kept.
            turn.record(new TransitionOutcome.BackedUp(member.nodeId(), "", 0));
            return true;
        }
        var order = new BackupOrder(
                node.region(),
                node.nodeId(),
                machine.vmId(),
                machine.host(),
                transition.id() + "-" + transition.resumed(),
                member.upid(),
                Objects.requireNonNull(transition.times().startedAt()));
        return switch (backups.round(order, turn::assertLease)) {
            case BackupRound.Started(String upid) -> {
                turn.record(new TransitionOutcome.BackupBegun(member.nodeId(), upid));
                yield true;
            }
            case BackupRound.Running _ -> false;
            case BackupRound.Done(String volumeId, long bytes) -> {
                turn.record(new TransitionOutcome.BackedUp(member.nodeId(), volumeId, bytes));
                yield true;
            }
            case BackupRound.Retry(String reason) -> {
                turn.waitsFor("Backup of " + node.name() + ": " + reason);
                yield false;
            }
            case BackupRound.Failed(String code, String reason) ->
                failed(new TransitionOutcome.Failed(code, "Backup of " + node.name() + ": " + reason), turn);
        };
    }

    private static boolean failed(TransitionOutcome outcome, Turn turn) {
        turn.record(outcome);
        throw new TurnLost("the transition is undone");
    }
}
