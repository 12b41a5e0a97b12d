package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.nodeledger.provisioner.kubernetes.drain.Destinations;
import io.nodeledger.provisioner.kubernetes.pod.PodRequests;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What nodes have left, pod by pod, as a scheduler that prefers the emptiest node would fill them. */
final class RoomOnNodes {
    private static final String PODS = "pods";
    private static final List<String> RESOURCES =
            Stream.concat(PodRequests.RESOURCES.stream(), Stream.of(PODS)).toList();

    private final List<Node> nodes;
    private final Map<String, Map<String, BigDecimal>> left = new HashMap<>();

    RoomOnNodes(List<Node> nodes, Collection<Pod> placed) {
        this.nodes = nodes;
        nodes.forEach(node -> left.put(node.getMetadata().getName(), allocatable(node)));
        placed.stream()
                .filter(pod -> !KeptPods.hasEnded(pod))
                .filter(pod -> left.containsKey(KeptPods.node(pod)))
                .forEach(pod -> take(KeptPods.node(pod), asked(pod)));
    }

    /**
     * Places pods that are all alike.
     *
     * @return how many found no room
     */
    int place(Pod pod, int count) {
        var open = nodes.stream()
                .filter(node -> Destinations.against(pod, node).isEmpty())
                .map(node -> node.getMetadata().getName())
                .toList();
        var asked = asked(pod);
        for (int placed = 0; placed < count; placed++) {
            var node = emptiest(open, asked);
            if (node.isEmpty()) {
                return count - placed;
            }
            take(node.get(), asked);
        }
        return 0;
    }

    private Optional<String> emptiest(List<String> open, Map<String, BigDecimal> asked) {
        return open.stream()
                .filter(node -> RESOURCES.stream()
                        .allMatch(resource ->
                                asked.getOrDefault(resource, BigDecimal.ZERO).compareTo(has(node, resource)) <= 0))
                .max(Comparator.comparing(node -> has(node, "cpu")));
    }

    private BigDecimal has(String node, String resource) {
        return left.getOrDefault(node, Map.of()).getOrDefault(resource, BigDecimal.ZERO);
    }

    private void take(String node, Map<String, BigDecimal> asked) {
        var has = left.get(node);
        if (has != null) {
            asked.forEach((resource, amount) -> has.merge(resource, amount.negate(), BigDecimal::add));
        }
    }

    private static Map<String, BigDecimal> asked(Pod pod) {
        return RESOURCES.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        resource -> resource.equals(PODS) ? BigDecimal.ONE : PodRequests.of(pod, resource)));
    }

    private static Map<String, BigDecimal> allocatable(Node node) {
        var amounts = new HashMap<String, BigDecimal>();
        var allocatable = node.getStatus() == null ? null : node.getStatus().getAllocatable();
        RESOURCES.forEach(resource -> amounts.put(resource, PodRequests.amount(allocatable, resource)));
        return amounts;
    }
}
