package io.nodeledger.provisioner.observation;

import static io.nodeledger.provisioner.observation.ObservedObjects.NOON;
import static io.nodeledger.provisioner.observation.ObservedObjects.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.nodeledger.provisioner.kubernetes.pod.Application;
import io.nodeledger.provisioner.kubernetes.pod.PlacedPod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written down of a node's pods, and of what decides which others may come. */
class WorkloadLookTest {
    private static final String NODE = "node-1-k8s";
    private static final Application WEB = new Application("shop/web", "web");

    @Test
    void what_the_pods_of_a_node_ask_for_is_summed_up_by_node_and_by_application() {
        var pods = List.of(
                new PlacedPod(NODE, 250, 1024, 10, WEB),
                new PlacedPod(NODE, 250, 1024, 0, WEB),
                new PlacedPod(NODE, 100, 1, 0, null),
                new PlacedPod(NODE, 1, 0, 0, new Application("shop/api", "api")),
                new PlacedPod("node-2-k8s", 4000, 1, 1, WEB));

        var workload = look(Map.of(), node(1, "a"), pods);

        assertThat(workload.requestedCpu()).isEqualTo(601);
        assertThat(workload.requestedMemory()).isEqualTo(2049);
        assertThat(workload.requestedStorage()).isEqualTo(10);
        assertThat(workload.pods()).isEqualTo(4);
        assertThat(workload.applications())
                .isEqualTo("[{\"id\":\"shop/api\",\"name\":\"api\",\"pods\":1},"
                        + "{\"id\":\"shop/web\",\"name\":\"web\",\"pods\":2}]");
    }

    @Test
    void a_node_without_pods_holds_nothing() {
        var workload = look(Map.of(), node(1, "a"), List.of());

        assertThat(workload.pods()).isZero();
        assertThat(workload.requestedCpu()).isZero();
        assertThat(workload.applications()).isEqualTo("[]");
    }

    @Test
    void what_the_scheduler_compares_is_written_as_the_cluster_prints_it() {
        var described = new NodeBuilder(node(1, "a"))
                .editMetadata()
                .addToLabels("zone", "b")
                .endMetadata()
                .editSpec()
                .withUnschedulable(true)
                .addNewTaint("NoSchedule", "dedicated", null, "backend")
                .addNewTaint("NoExecute", "gone", null, null)
                .endSpec()
                .editStatus()
                .withAllocatable(Map.of("cpu", new Quantity("3800m"), "memory", new Quantity("7864320Ki")))
                .withCapacity(Map.of("cpu", new Quantity("4")))
                .endStatus()
                .build();

        var workload = look(Map.of(), described, List.of());

        assertThat(workload.allocatable()).isEqualTo("{\"cpu\":\"3800m\",\"memory\":\"7864320Ki\"}");
        assertThat(workload.capacity()).isEqualTo("{\"cpu\":\"4\"}");
        assertThat(workload.labels()).isEqualTo("{\"nodeledger.io/node-id\":\"node-1\",\"zone\":\"b\"}");
        assertThat(workload.taints())
                .isEqualTo("[{\"key\":\"dedicated\",\"value\":\"backend\",\"effect\":\"NoSchedule\"},"
                        + "{\"key\":\"gone\",\"value\":\"\",\"effect\":\"NoExecute\"}]");
        assertThat(workload.unschedulable()).isTrue();
    }

    @Test
    void while_pods_are_not_known_what_is_written_down_stays() {
        var before = at(Map.of(), node(1, "a"), List.of(new PlacedPod(NODE, 250, 1024, 0, WEB)));

        var now = at(before, node(1, "a"), null);

        assertThat(now).isEqualTo(before);
        assertThat(at(Map.of(), node(1, "a"), null).get("node-1"))
                .extracting(Observation::workload)
                .isNull();
    }

    @Test
    void a_sum_that_is_too_large_is_the_largest_there_is() {
        var all = new PlacedPod(NODE, Long.MAX_VALUE, Long.MAX_VALUE, 0, WEB);

        assertThat(look(Map.of(), node(1, "a"), List.of(all, all)).requestedMemory())
                .isEqualTo(Long.MAX_VALUE);
    }

    private static Workload look(Map<String, Observation> before, Node node, List<PlacedPod> pods) {
        return Objects.requireNonNull(
                Objects.requireNonNull(at(before, node, pods).get("node-1")).workload());
    }

    private static Map<String, Observation> at(
            Map<String, Observation> before, Node node, @Nullable List<PlacedPod> pods) {
        return new Look(before, null, NOON, Map::of).at(List.of(node), List.of(), pods);
    }
}
