package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import io.nodeledger.provisioner.kubernetes.pod.NodePods;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The room that nodes have at this moment: no pod is evicted whose replacement would only wait for a place. */
final class RoomNow {
    private final Places places;
    private final Set<String> reasons = new LinkedHashSet<>();

    private RoomNow(Places places) {
        this.places = places;
    }

    /** Room for what is evicted next: without what others have, and what pods that are on their way will take. */
    static RoomNow read(NodePods onNodes, MoveRequest request, Inventory seen, Situation situation)
            throws InterruptedException {
        var ready = Places.targets(request, seen).stream()
                .filter(node -> Readiness.of(node) == Readiness.READY)
                .toList();
        var room = new RoomNow(new Places(request, seen, new RoomOnNodes(ready, placed(onNodes, ready, seen))));
        situation.workloads().stream()
                .filter(workload -> !workload.isDaemonSet())
                .forEach(room::reserve);
        return room;
    }

    private void reserve(KeptPods workload) {
        int under = workload.desired()
                - (int) workload.active().stream()
                        .filter(pod -> !KeptPods.node(pod).isEmpty())
                        .count();
        if (under > 0 && places.against(workload).isEmpty()) {
            int _ = places.place(workload, under);
        }
    }

    /** Those of the candidates whose replacements find a place. One that has no place itself loses nothing. */
    List<Pod> take(List<Turns.Candidate> candidates) {
        var byWorkload = candidates.stream()
                .collect(Collectors.groupingBy(
                        candidate -> candidate.workload().name(), TreeMap::new, Collectors.toList()));
        return byWorkload.values().stream()
                .flatMap(some -> take(
                        some.getFirst().workload(),
                        some.stream()
                                .map(Turns.Candidate::pod)
                                .collect(Collectors.partitioningBy(
                                        pod -> KeptPods.node(pod).isEmpty()))))
                .toList();
    }

    private Stream<Pod> take(KeptPods workload, Map<Boolean, List<Pod>> byHomelessness) {
        var homeless = byHomelessness.getOrDefault(true, List.of());
        var placed = byHomelessness.getOrDefault(false, List.of());
        return Stream.concat(homeless.stream(), placed.stream().limit(room(workload, placed.size())));
    }

    private int room(KeptPods workload, int wanted) {
        var never = places.against(workload);
        if (never.isPresent()) {
            reasons.add(never.get());
            return 0;
        }
        int without = places.place(workload, wanted);
        if (without > 0) {
            reasons.add("%s waits for room on the nodes that are ready".formatted(workload.name()));
        }
        return wanted - without;
    }

    /** Why pods were not taken, for people. */
    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** The pods on the nodes: the workspace's own as they are now, others' as of a moment ago. */
    private static List<Pod> placed(NodePods onNodes, List<Node> nodes, Inventory seen) throws InterruptedException {
        Set<String> own = seen.namespaces().stream()
                .map(Namespace::getMetadata)
                .map(ObjectMeta::getName)
                .collect(Collectors.toSet());
        var placed = new ArrayList<>(seen.pods());
        try (var reads = new Reads()) {
            var looks = nodes.stream()
                    .map(node -> reads.read(() -> onNodes.on(node.getMetadata().getName())))
                    .toList();
            for (var look : looks) {
                Reads.get(look).stream()
                        .filter(pod -> !own.contains(pod.getMetadata().getNamespace()))
                        .forEach(placed::add);
            }
        }
        return placed;
    }
}
