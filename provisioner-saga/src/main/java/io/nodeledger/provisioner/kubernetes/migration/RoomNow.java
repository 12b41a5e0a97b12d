package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The room that nodes have at this moment: no pod is evicted whose replacement would only wait for a place. */
final class RoomNow {
    private final Places places;
    private final Set<String> reasons = new LinkedHashSet<>();

    private RoomNow(Places places) {
        this.places = places;
    }

    /** Room for what is evicted next: without what others have, and what pods that are on their way will take. */
    static RoomNow read(KubernetesClient client, MoveRequest request, Inventory seen, Situation situation)
            throws InterruptedException {
        var ready = Places.targets(request, seen).stream()
                .filter(node -> Readiness.of(node) == Readiness.READY)
                .toList();
        var room = new RoomNow(new Places(request, seen, new RoomOnNodes(ready, placed(client, ready, seen))));
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

    /** Whether what replaces the pod finds a place; takes it if so. One that has no place itself loses nothing. */
    boolean take(Turns.Candidate candidate) {
        if (KeptPods.node(candidate.pod()).isEmpty()) {
            return true;
        }
        var workload = candidate.workload();
        var reason = places.against(workload)
                .or(() -> places.place(workload, 1) == 0
                        ? Optional.empty()
                        : Optional.of("%s waits for room on the nodes that are ready".formatted(workload.name())));
        reason.ifPresent(reasons::add);
        return reason.isEmpty();
    }

    /** Why pods were not taken, for people. */
    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** The pods on the nodes: the workspace's own as they are now, others' as of a moment ago. */
    private static List<Pod> placed(KubernetesClient client, List<Node> nodes, Inventory seen)
            throws InterruptedException {
        var own = seen.namespaces().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .collect(Collectors.toSet());
        var placed = new ArrayList<>(seen.pods());
        try (var reads = new Reads()) {
            var others = nodes.stream()
                    .map(node -> reads.read(() -> on(client, node.getMetadata().getName())))
                    .toList();
            for (var read : others) {
                Reads.get(read).stream()
                        .filter(pod -> !own.contains(pod.getMetadata().getNamespace()))
                        .forEach(placed::add);
            }
        }
        return placed;
    }

    /** From the API server's cache, which knows pods by their nodes; otherwise it would read all that there are. */
    private static List<Pod> on(KubernetesClient client, String node) {
        return client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", node)
                .list(new ListOptionsBuilder().withResourceVersion("0").build())
                .getItems();
    }
}
