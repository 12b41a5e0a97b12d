package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.nodeledger.provisioner.kubernetes.drain.Destinations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the next pods of workloads may go, and whether there is room for them. */
final class Places {
    private final MoveRequest request;
    private final Map<String, Namespace> namespaces;
    private final List<Node> targets;
    private final RoomOnNodes room;

    /** @param room what those of the {@link #targets} have left that count */
    Places(MoveRequest request, Inventory seen, RoomOnNodes room) {
        this.request = request;
        this.namespaces = seen.namespaces().stream()
                .collect(Collectors.toMap(one -> one.getMetadata().getName(), Function.identity()));
        this.targets = targets(request, seen);
        this.room = room;
    }

    /** The nodes that pods are to move to, whatever their state. */
    static List<Node> targets(MoveRequest request, Inventory seen) {
        return seen.nodes().values().stream()
                .filter(node -> request.target().includes(node) && !request.leaves(node))
                .toList();
    }

    /** Why none of the targets will ever run the workload's next pods, for people. */
    Optional<String> against(KeptPods workload) {
        try {
            return future(workload)
                    .flatMap(pod -> Destinations.missing(List.of(pod), targets))
                    .map(why -> "%s can't go there: %s".formatted(workload.name(), why));
        } catch (IllegalArgumentException contradiction) {
            return Optional.of("%s can't go there: %s".formatted(workload.name(), contradiction.getMessage()));
        }
    }

    /**
     * Takes room for pods of a workload that nothing is {@link #against}.
     *
     * @return how many of them found none
     */
    int place(KeptPods workload, int count) {
        return future(workload).map(pod -> room.place(pod, count)).orElse(0);
    }

    private Optional<Pod> future(KeptPods workload) {
        return Optional.ofNullable(namespaces.get(workload.name().namespace()))
                .map(namespace -> FuturePods.of(workload, namespace, request.target()));
    }
}
