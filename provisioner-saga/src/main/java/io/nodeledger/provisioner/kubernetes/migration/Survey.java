package io.nodeledger.provisioner.kubernetes.migration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a workspace runs in one cluster.
 *
 * @param workloads ordered; without Jobs
 * @param barePods pods without a controller that have not ended
 * @param runningJobs Jobs with pods that have not ended, {@code namespace/name}
 * @param directed namespaces whose pods are directed to dedicated nodes now
 */
public record Survey(List<Workload> workloads, List<BarePod> barePods, List<String> runningJobs, Set<String> directed) {
    public Survey {
        workloads = List.copyOf(workloads);
        barePods = List.copyOf(barePods);
        runningJobs = List.copyOf(runningJobs);
        directed = Set.copyOf(directed);
    }

    /**
     * One workload.
     *
     * @param workload which
     * @param desired how many pods it is to have
     * @param ready how many of its pods are Ready and not on their way out
     * @param podsByNode how many of its pods that have not ended are on each Kubernetes node; those that wait for a place
     *     are under the empty name
     */
    public record Workload(WorkloadName workload, int desired, int ready, Map<String, Integer> podsByNode) {
        public Workload {
            podsByNode = Map.copyOf(podsByNode);
        }

        /** Whether it lacks ready pods. */
        public boolean isUnwell() {
            return ready < desired;
        }
    }

    /**
     * One pod that nobody would start again.
     *
     * @param pod {@code namespace/name}
     * @param node Kubernetes node that has it; empty while it waits for one
     */
    public record BarePod(String pod, String node) {}

    /** What {@link MoveRequest#unwell} wants, as of now. */
    public Map<WorkloadName, Integer> unwell() {
        return workloads.stream()
                .filter(Workload::isUnwell)
                .collect(Collectors.toMap(Workload::workload, Workload::ready));
    }
}
