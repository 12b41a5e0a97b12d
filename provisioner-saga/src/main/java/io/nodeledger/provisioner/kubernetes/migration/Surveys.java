package io.nodeledger.provisioner.kubernetes.migration;

import io.nodeledger.provisioner.kubernetes.drain.PodName;
import java.util.List;
import java.util.stream.Collectors;

/** Sums up what namespaces run. */
final class Surveys {
    private Surveys() {}

    static Survey of(Inventory seen) {
        var all = Workloads.of(seen).stream().collect(Collectors.partitioningBy(KeptPods::isJob));
        return new Survey(
                all.getOrDefault(false, List.of()).stream().map(Surveys::summed).toList(),
                Workloads.bare(seen).stream()
                        .map(pod -> new Survey.BarePod(PodName.of(pod), KeptPods.node(pod)))
                        .toList(),
                all.getOrDefault(true, List.of()).stream()
                        .map(job -> job.name().namespace() + "/" + job.name().name())
                        .toList(),
                seen.namespaces().stream()
                        .filter(namespace -> NamespaceDirection.isDedicated(namespace.getMetadata()))
                        .map(namespace -> namespace.getMetadata().getName())
                        .collect(Collectors.toSet()));
    }

    private static Survey.Workload summed(KeptPods workload) {
        return new Survey.Workload(
                workload.name(),
                workload.desired(),
                workload.ready(),
                workload.pods().stream().collect(Collectors.groupingBy(KeptPods::node, Collectors.summingInt(_ -> 1))));
    }
}
