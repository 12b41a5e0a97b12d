package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.kubernetes.migration.MoveProgress;
import io.nodeledger.provisioner.kubernetes.migration.MoveRequest;
import io.nodeledger.provisioner.kubernetes.migration.MoveRound;
import io.nodeledger.provisioner.kubernetes.migration.WorkloadName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rounds of moving pods in a cluster, noted for the transition. */
final class Movement {
    /** A step of a node, in {@link Turn#progress}: more than all workloads count. */
    private static final long A_STEP = 1_000_000_000_000L;

    private final Clusters clusters;
    private final WorkloadTable table;

    Movement(Clusters clusters, WorkloadTable table) {
        this.clusters = clusters;
        this.table = table;
    }

    MoveRound round(TransitionRecord transition, String region, MoveRequest request, Turn turn)
            throws InterruptedException {
        MoveRound round =
                clusters.in(region).round(request.having(steady(transition, region, request)), turn::assertLease);
        switch (round) {
            case MoveRound.Moved(MoveProgress progress) -> keep(transition, region, progress, turn);
            case MoveRound.Moving moving -> {
                if (moving.progress() != null) {
                    keep(transition, region, moving.progress(), turn);
                }
                if (moving.reason() != null) {
                    turn.waitsFor(region + ": " + moving.reason());
                }
            }
            case MoveRound.Impossible _ -> {}
        }
        return round;
    }

    private Map<WorkloadName, Integer> steady(TransitionRecord transition, String region, MoveRequest request) {
        return request.unwell().isEmpty() ? Map.of() : table.steady(transition.id(), region);
    }

    private void keep(TransitionRecord transition, String region, MoveProgress progress, Turn turn) {
        table.save(transition.id(), region, progress);
        long steps = transition.members().stream()
                .flatMap(member -> Arrays.stream(Progress.values()).filter(member::is))
                .count();
        turn.progress(A_STEP * steps + table.progress(transition.id()));
    }

    /** The names of the regions' namespaces, for requests. */
    List<String> namespaces(TransitionRecord transition, String region) {
        return clusters.namespaces(transition, region);
    }
}
