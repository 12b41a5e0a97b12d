package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.kubernetes.migration.Direction;
import io.nodeledger.provisioner.kubernetes.migration.MoveProgress;
import io.nodeledger.provisioner.kubernetes.migration.MoveRequest;
import io.nodeledger.provisioner.kubernetes.migration.MoveRound;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Rounds of moving pods in a cluster, with what they lead to for the transition. */
final class Movement {
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(2);

    /** A step of a node, in {@link Turn#progress}: more than all workloads count. */
    private static final long A_STEP = 1_000_000_000_000L;

    private final Clusters clusters;
    private final WorkloadTable table;
    /** What this instance has done, so that it need not look again in each round. */
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    Movement(Clusters clusters, WorkloadTable table) {
        this.clusters = clusters;
        this.table = table;
    }

    /** What came of a round. */
    sealed interface Result {
        /** Nothing is left to move. */
        record Moved(int pods) implements Result {}

        /** There is more to do after the pause. */
        record Moving(Duration pause) implements Result {}

        /** Another round would not help. */
        record Impossible(String code, String reason) implements Result {}
    }

    /** Directs new pods to the target first. */
    Result round(TransitionRecord transition, String region, MoveRequest request, Turn turn)
            throws InterruptedException {
        Optional<Result> undirected = direct(transition, region, request, turn);
        return undirected.isPresent() ? undirected.get() : move(transition, region, request, turn);
    }

    /** Directs the pods that namespaces make from now on, once by this instance; empty when that is done. */
    private Optional<Result> direct(TransitionRecord transition, String region, MoveRequest request, Turn turn)
            throws InterruptedException {
        String here = transition.id() + "|" + region + "|";
        String what = here + request.target() + "|" + String.join(",", request.namespaces());
        if (done.contains(what)) {
            return Optional.empty();
        }
        return switch (clusters.in(region).direct(request.namespaces(), request.target(), turn::assertLease)) {
            case Direction.Directed _ -> {
                done.removeIf(known -> known.startsWith(here));
                done.add(what);
                yield Optional.empty();
            }
            case Direction.Unanswered(String reason) -> {
                turn.waitsFor(region + ": " + reason);
                yield Optional.of(new Result.Moving(AFTER_SILENCE));
            }
            case Direction.Impossible(String code, String reason) -> Optional.of(new Result.Impossible(code, reason));
        };
    }

    private Result move(TransitionRecord transition, String region, MoveRequest request, Turn turn)
            throws InterruptedException {
        return switch (clusters.in(region).round(request, turn::assertLease)) {
            case MoveRound.Moved(MoveProgress progress) -> {
                keep(transition, region, progress, turn);
                yield new Result.Moved(moved(progress));
            }
            case MoveRound.Moving moving -> {
                if (moving.progress() != null) {
                    keep(transition, region, moving.progress(), turn);
                }
                if (moving.reason() != null) {
                    turn.waitsFor(region + ": " + moving.reason());
                }
                yield new Result.Moving(moving.pause());
            }
            case MoveRound.Impossible(String code, String reason) -> new Result.Impossible(code, reason);
        };
    }

    private void keep(TransitionRecord transition, String region, MoveProgress progress, Turn turn) {
        table.save(transition.id(), region, progress);
        long steps = transition.members().stream()
                .flatMap(member -> Arrays.stream(Progress.values()).filter(member::is))
                .count();
        turn.progress(A_STEP * steps + table.progress(transition.id()));
    }

    private static int moved(MoveProgress progress) {
        return progress.workloads().stream().mapToInt(MoveProgress.Moved::moved).sum();
    }

    /** Closes the transition's nodes to new pods, once by this instance. */
    void close(TransitionRecord transition, Turn turn) {
        if (!done.contains(closed(transition))) {
            clusters.cordon(transition, turn);
            done.remove(opened(transition));
            done.add(closed(transition));
        }
    }

    /** Opens them again, once by this instance. */
    void open(TransitionRecord transition, Turn turn) {
        if (!done.contains(opened(transition))) {
            clusters.uncordon(transition, turn);
            done.remove(closed(transition));
            done.add(opened(transition));
        }
    }

    private static String closed(TransitionRecord transition) {
        return transition.id() + "|closed";
    }

    private static String opened(TransitionRecord transition) {
        return transition.id() + "|opened";
    }

    /** What this instance knows of a transition is no longer needed. */
    void forget(String transitionId) {
        done.removeIf(known -> known.startsWith(transitionId + "|"));
    }

    /** The names of the regions' namespaces, for requests. */
    List<String> namespaces(TransitionRecord transition, String region) {
        return clusters.namespaces(transition, region);
    }
}
