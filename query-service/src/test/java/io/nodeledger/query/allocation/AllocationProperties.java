package io.nodeledger.query.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nodeledger.events.node.Taint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Every answer is what the scheduler would say, for ten thousand small clusters in which everything is short. */
class AllocationProperties {
    @Property(tries = 10_000, seed = "20260101", shrinking = ShrinkingMode.OFF)
    void the_answer_is_that_of_a_scheduler_which_tries_every_node(@ForAll long seed) {
        var cluster = new RandomCluster(seed);
        var nodes = cluster.nodes();
        var pod = cluster.pod();

        var allocation = Allocation.of(
                request(cluster, pod),
                nodes.stream().map(node -> candidate(cluster, node)).toList());

        assertThat(allocation.places().stream().map(place -> place.node().nodeId()))
                .containsExactlyInAnyOrderElementsOf(nodes.stream()
                        .filter(node -> SchedulerModel.isFeasible(pod, node))
                        .map(SchedulerModel.Node::id)
                        .toList());
        assertThat(allocation.available()).isEqualTo(available(pod, nodes));
        assertThat(allocation.places().stream().map(place -> -place.score())).isSorted();
        var byId = nodes.stream().collect(Collectors.toMap(SchedulerModel.Node::id, node -> node));
        allocation
                .places()
                .forEach(place -> assertThat((double) place.score())
                        .isCloseTo(
                                evenness(
                                        pod,
                                        Objects.requireNonNull(
                                                byId.get(place.node().nodeId()))),
                                within(0.5 + 1e-9)));
    }

    private static AllocationRequest request(RandomCluster cluster, SchedulerModel.Pod pod) {
        return new AllocationRequest(
                Amounts.of(Map.of(
                        "cpu", cluster.cores(pod.cpu()),
                        "memory", cluster.bytes(pod.memory()),
                        "ephemeral-storage", cluster.bytes(pod.storage()))),
                pod.selector(),
                pod.tolerations().stream()
                        .map(one -> new Toleration(
                                Objects.requireNonNullElse(one.key(), ""),
                                "Exists".equals(one.operator()),
                                Objects.requireNonNullElse(one.value(), ""),
                                Objects.requireNonNullElse(one.effect(), "")))
                        .toList());
    }

    private static Candidate candidate(RandomCluster cluster, SchedulerModel.Node node) {
        var printed = new HashMap<String, String>();
        printed.put("cpu", cluster.cores(node.cpu()));
        printed.put("memory", cluster.bytes(node.memory()));
        printed.put("pods", Integer.toString(node.mostPods()));
        if (node.storage() != null) {
            printed.put("ephemeral-storage", cluster.bytes(node.storage()));
        }
        var requested = node.pods().stream()
                .map(pod -> new Amounts(pod[0], pod[1], pod[2]))
                .reduce(Amounts.NONE, Amounts::plus);
        return new Candidate(
                node.id(),
                "name-of-" + node.id(),
                new Room(
                        Amounts.of(printed),
                        requested,
                        Amounts.count(printed, "pods"),
                        node.pods().size()),
                node.taints().stream()
                        .map(taint -> new Taint(taint[0], taint[1], taint[2]))
                        .toList(),
                node.labels(),
                node.cordoned());
    }

    private static Amounts available(SchedulerModel.Pod pod, List<SchedulerModel.Node> nodes) {
        long cpu = 0;
        long memory = 0;
        long storage = 0;
        for (var node : nodes) {
            if (SchedulerModel.isConsidered(pod, node)) {
                cpu += Math.max(0, node.cpu() - asked(node, 0));
                memory += Math.max(0, node.memory() - asked(node, 1));
                storage += Math.max(0, (node.storage() == null ? 0 : node.storage()) - asked(node, 2));
            }
        }
        return new Amounts(cpu, memory, storage);
    }

    private static double evenness(SchedulerModel.Pod pod, SchedulerModel.Node node) {
        double cpu = share(asked(node, 0) + pod.cpu(), node.cpu());
        double memory = share(asked(node, 1) + pod.memory(), node.memory());
        return 100 * (1 - Math.abs(cpu - memory));
    }

    private static double share(long asked, long allocatable) {
        return allocatable == 0 ? 1 : Math.min(1, (double) asked / allocatable);
    }

    private static long asked(SchedulerModel.Node node, int resource) {
        return node.pods().stream().mapToLong(pod -> pod[resource]).sum();
    }
}
