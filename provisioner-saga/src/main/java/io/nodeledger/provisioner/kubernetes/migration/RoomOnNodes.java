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
                .filter(pod -> left.containsKey(KeptPods.node(pod)))
                .forEach(pod -> take(KeptPods.node(pod), pod));
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
        for (int placed = 0; placed < count; placed++) {
            var node = emptiest(open, pod);
            if (node.isEmpty()) {
                return count - placed;
            }
            take(node.get(), pod);
        }
        return 0;
    }

    private Optional<String> emptiest(List<String> open, Pod pod) {
        return open.stream()
                .filter(node -> RESOURCES.stream()
                        .allMatch(resource -> amount(pod, resource).compareTo(has(node, resource)) <= 0))
                .max(Comparator.comparing(node -> has(node, "cpu")));
    }

    private BigDecimal has(String node, String resource) {
        return left.getOrDefault(node, Map.of()).getOrDefault(resource, BigDecimal.ZERO);
    }

    private void take(String node, Pod pod) {
        left.computeIfPresent(node, (_, has) -> {
            RESOURCES.forEach(
                    resource -> has.computeIfPresent(resource, (_, amount) -> amount.subtract(amount(pod, resource))));
            return has;
        });
    }

    private static BigDecimal amount(Pod pod, String resource) {
        return resource.equals(PODS) ? BigDecimal.ONE : PodRequests.of(pod, resource);
    }

    private static Map<String, BigDecimal> allocatable(Node node) {
        var amounts = new HashMap<String, BigDecimal>();
        var allocatable = node.getStatus() == null ? null : node.getStatus().getAllocatable();
        RESOURCES.forEach(resource -> amounts.put(resource, PodRequests.amount(allocatable, resource)));
        return amounts;
    }
}
