package io.nodeledger.provisioner.kubernetes.migration;

import java.util.List;
import java.util.Map;

/**
 * How far a move is.
 *
 * @param workloads all workloads of the namespaces, ordered, without Jobs
 * @param waitingForJobs Jobs that still run on nodes which pods have to leave, {@code namespace/name}; they are left to
 *     finish
 * @param barePods pods without a controller on such nodes, {@code namespace/name}; they are never evicted
 * @param steady how many pods of each workload have been Ready for a while, wherever they are
 */
public record MoveProgress(
        List<Moved> workloads, List<String> waitingForJobs, List<String> barePods, Map<WorkloadName, Integer> steady) {
    public MoveProgress {
        workloads = List.copyOf(workloads);
        waitingForJobs = List.copyOf(waitingForJobs);
        barePods = List.copyOf(barePods);
        steady = Map.copyOf(steady);
    }

    /** How many pods have left the nodes that they have to leave, or never were there. */
    public int moved() {
        return workloads.stream().mapToInt(Moved::moved).sum();
    }

    /**
     * One workload.
     *
     * @param workload which
     * @param pods how many it is to have
     * @param moved how many of them have left the nodes that they have to leave, or never were there
     * @param ready how many of these are Ready
     */
    public record Moved(WorkloadName workload, int pods, int moved, int ready) {}
}
