package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whose turn it is to be evicted, by what is to be seen alone. */
final class Turns {
    private Turns() {}

    /** A pod that may be evicted next. */
    record Candidate(KeptPods workload, Pod pod) {}

    /** Pods that may go side by side; with {@link Pace#ONE_BY_ONE} any one of them. */
    static List<Candidate> next(Situation situation, Pace pace, Allowances allowances) {
        var movable = situation.workloads().stream()
                .filter(workload -> !workload.isDaemonSet())
                .toList();
        if (pace == Pace.ALL) {
            return movable.stream()
                    .flatMap(workload -> situation.toGo(workload).stream()
                            .filter(pod -> !KeptPods.isReady(pod) || !situation.hasGained(workload))
                            .map(pod -> new Candidate(workload, pod)))
                    .sorted(Comparator.comparing(candidate -> KeptPods.isReady(candidate.pod())))
                    .filter(candidate -> allowances.take(candidate.pod()))
                    .toList();
        }
        boolean anyMay = pace != Pace.ONE_BY_ONE || movable.stream().allMatch(situation::isRecovered);
        return movable.stream()
                .flatMap(workload -> next(situation.toGo(workload))
                        .filter(pod ->
                                situation.isWorthless(workload, pod) || (anyMay && situation.mayLoseReady(workload)))
                        .map(pod -> new Candidate(workload, pod))
                        .stream())
                .toList();
    }

    /** One that does not work first: nothing is lost with it. */
    private static Optional<Pod> next(List<Pod> pods) {
        return pods.stream()
                .min(Comparator.comparing(KeptPods::isReady)
                        .thenComparing(pod -> pod.getMetadata().getName()));
    }
}
