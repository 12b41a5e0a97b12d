package io.nodeledger.query.allocation;

import io.nodeledger.events.node.Taint;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A running node that is known to be Ready, as its cluster has it.
 *
 * @param unschedulable whether it is cordoned
 */
record Candidate(
        String nodeId, String name, Room room, List<Taint> taints, Map<String, String> labels, boolean unschedulable) {
    /** What the scheduler puts in the place of a cordon, so that it can be tolerated. */
    private static final Taint CORDON = new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

    private static final String ONLY_A_WISH = "PreferNoSchedule";

    /** Whether the scheduler would consider the node at all, whatever room it has. */
    boolean admits(AllocationRequest request) {
        return labels.entrySet().containsAll(request.nodeSelector().entrySet())
                && repelling()
                        .allMatch(taint ->
                                request.tolerations().stream().anyMatch(toleration -> toleration.tolerates(taint)));
    }

    private Stream<Taint> repelling() {
        var own = taints.stream().filter(taint -> !taint.effect().equals(ONLY_A_WISH));
        return unschedulable ? Stream.concat(own, Stream.of(CORDON)) : own;
    }
}
