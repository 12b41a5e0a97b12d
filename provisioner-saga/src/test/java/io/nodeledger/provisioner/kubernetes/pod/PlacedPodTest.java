package io.nodeledger.provisioner.kubernetes.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of pods, and for how long. */
class PlacedPodTest {
    private static final String NODE = "node-1-k8s";

    @ParameterizedTest
    @CsvSource({
        "ReplicaSet, web-7d9c, 7d9c, web",
        "ReplicaSet, web-7d9c, , web-7d9c",
        "ReplicaSet, web, 7d9c, web",
        "StatefulSet, db, , db",
        "Job, backup-28391, , backup-28391",
        "Rollout, canary, , canary",
    })
    void a_pod_is_a_part_of_what_its_controller_was_made_for(
            String kind, String owner, @Nullable String hash, String name) {
        var pod = owned(kind, owner);
        if (hash != null) {
            pod.getMetadata().setLabels(Map.of("pod-template-hash", hash, "app", "another"));
        }

        assertThat(Application.of(pod)).hasValue(new Application("shop/" + name, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DaemonSet", "Node"})
    void what_runs_for_the_nodes_own_sake_is_no_application(String kind) {
        assertThat(Application.of(owned(kind, "agent"))).isEmpty();
    }

    @Test
    void the_kubelets_own_pods_are_no_application() {
        var mirror = pod().editMetadata()
                .addToAnnotations("kubernetes.io/config.mirror", "x")
                .endMetadata()
                .build();

        assertThat(Application.of(mirror)).isEmpty();
    }

    @Test
    void a_pod_that_nobody_keeps_is_what_its_labels_call_it() {
        assertThat(Application.of(labelled(Map.of("app", "web", "app.kubernetes.io/name", "shop-web"))))
                .hasValue(new Application("shop/shop-web", "shop-web"));
        assertThat(Application.of(labelled(Map.of("app", "web")))).hasValue(new Application("shop/web", "web"));
        assertThat(Application.of(pod().build())).hasValue(new Application("shop/web-1", "web-1"));
    }

    @Test
    void amounts_are_rounded_up_as_the_scheduler_rounds_them() {
        var pod = pod().editSpec()
                .addNewContainer()
                .withName("main")
                .withNewResources()
                .withRequests(Map.of(
                        "cpu", new Quantity("100100u"),
                        "memory", new Quantity("1500m"),
                        "ephemeral-storage", new Quantity("1Gi")))
                .endResources()
                .endContainer()
                .endSpec()
                .build();

        assertThat(PlacedPod.of(pod))
                .hasValue(new PlacedPod(NODE, 101, 2, 1L << 30, new Application("shop/web-1", "web-1")));
    }

    @Test
    void pods_are_forgotten_when_they_end_or_are_deleted_and_those_of_other_nodes_are_never_kept() {
        var store = new PodStore();
        assertThat(store.put("shop/web-1", pod().build())).isNull();
        store.put("shop/web-2", pod().build());
        store.put("shop/waits", on(null));
        store.put("shop/elsewhere", on("shared-1"));
        assertThat(store.keySet()).containsExactlyInAnyOrder("shop/web-1", "shop/web-2");
        assertThat(store.get("shop/web-1")).isNotNull();
        assertThat(store.get("shop/waits")).isNull();

        var before = store.put(
                "shop/web-1",
                pod().withNewStatus().withPhase("Succeeded").endStatus().build());
        assertThat(before).isNotNull().extracting(store::getKey).isEqualTo("shop/web-1");
        assertThat(store.remove("shop/web-2")).isNotNull();
        assertThat(store.remove("shop/web-2")).isNull();

        assertThat(store.placed()).isEmpty();
        assertThat(store.size()).isZero();
        assertThat(store.values()).isEmpty();
    }

    private static Pod owned(String kind, String owner) {
        return pod().editMetadata()
                .addNewOwnerReference()
                .withKind(kind)
                .withName(owner)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();
    }

    private static Pod labelled(Map<String, String> labels) {
        return pod().editMetadata().withLabels(labels).endMetadata().build();
    }

    private static Pod on(@Nullable String node) {
        return pod().editSpec().withNodeName(node).endSpec().build();
    }

    private static PodBuilder pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-1")
                .endMetadata()
                .withNewSpec()
                .withNodeName(NODE)
                .endSpec();
    }
}
