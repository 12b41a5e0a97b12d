package io.nodeledger.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeEvent.KubernetesNodeLost;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRecovered;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRenamed;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kubernetes nodes of live nodes that somebody deletes, renames or edits. */
class KubernetesDriftTest {
    private static ReconciledWorld world;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        world = new ReconciledWorld(folder).begin();
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @BeforeEach
    void clear() throws Exception {
        world.clear();
    }

    @Test
    void a_deleted_kubernetes_node_is_told_once_and_so_is_its_return() throws Exception {
        String node = world.running();
        remove(node);

        world.passes(4);
        assertThat(world.observed(node)).hasExactlyElementsOfTypes(KubernetesNodeLost.class);
        assertThat(world.known(node).status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(world.drift()).containsExactly("kubernetes_node_lost none");

        KubernetesObjects.make(world.kubernetesClient(), node + "-k8s", node, "True");
        world.passes(4);

        assertThat(world.observed(node))
                .hasExactlyElementsOfTypes(KubernetesNodeLost.class, KubernetesNodeRecovered.class);
        assertThat(world.drift()).isEmpty();
    }

    @Test
    void a_renamed_kubernetes_node_is_told_with_its_new_name() throws Exception {
        String node = world.running();
        remove(node);
        KubernetesObjects.make(world.kubernetesClient(), "ubuntu-1", node, "True");

        world.passes(4);

        assertThat(world.observed(node))
                .singleElement()
                .isInstanceOfSatisfying(
                        KubernetesNodeRenamed.class,
                        renamed -> assertThat(renamed.foundName()).isEqualTo("ubuntu-1"));
        assertThat(world.drift()).containsExactly("kubernetes_node_renamed none");
        assertThat(world.kubernetesClient().nodes().withName("ubuntu-1").get()).isNotNull();
    }

    @Test
    void a_kubernetes_node_that_lost_its_label_only_is_not_lost() throws Exception {
        String node = world.running();
        world.kubernetesClient().nodes().withName(node + "-k8s").edit(it -> {
            it.getMetadata().getLabels().remove(NodeContract.NODE_ID_LABEL);
            return it;
        });

        world.passes(3);

        assertThat(world.observed(node)).isEmpty();
        assertThat(world.drift()).containsExactly("kubernetes_label_lost none");

        remove(node);
        world.passes(1);
        assertThat(world.observed(node))
                .as("the breaker has not been asked about it yet")
                .isEmpty();
        world.passes(1);
        assertThat(world.observed(node)).hasExactlyElementsOfTypes(KubernetesNodeLost.class);
    }

    /** They would use up what the breaker allows to happen at once, for ever. */
    @Test
    void what_a_closer_look_has_ruled_out_does_not_count_as_a_change() {
        var suspicion = new Suspicion(
                "node/1",
                DriftKind.KUBERNETES_NODE_LOST,
                "node-1",
                "ws-1",
                null,
                null,
                "node-1-k8s",
                "u",
                "gone",
                false);

        assertThat(new Finding(1, suspicion, DriftKind.KUBERNETES_NODE_LOST, 2, null, null).isChange())
                .isTrue();
        assertThat(new Finding(1, suspicion, DriftKind.KUBERNETES_LABEL_LOST, 2, null, null).isChange())
                .isFalse();
    }

    private static void remove(String node) {
        world.kubernetesClient().nodes().withName(node + "-k8s").delete();
    }
}
