package io.nodeledger.simulators.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiBehaviourTest {
    @TempDir
    Path folder;

    TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new TestCluster(folder);
        cluster.awaitReady("shared-1");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static int code(Runnable call) {
        try {
            call.run();
            return 200;
        } catch (KubernetesClientException refused) {
            return refused.getCode();
        }
    }

    /** Changes the node as it was read, which the cluster's controllers change too. */
    private void editNode(Consumer<NodeBuilder> edit) {
        while (true) {
            Node read = cluster.client.nodes().withName("shared-1").get();
            NodeBuilder builder = new NodeBuilder(read);
            edit.accept(builder);
            try {
                cluster.client.nodes().resource(builder.build()).update();
                return;
            } catch (KubernetesClientException refused) {
                if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw refused;
                }
            }
        }
    }

    @Test
    void taints_written_on_an_old_version_conflict() {
        Node seen = cluster.client.nodes().withName("shared-1").get();
        cluster.client
                .nodes()
                .withName("shared-1")
                .edit(n -> new NodeBuilder(n)
                        .editMetadata()
                        .addToLabels("changed", "yes")
                        .endMetadata()
                        .build());

        Node stale = new NodeBuilder(seen)
                .editSpec()
                .addNewTaint()
                .withKey("dedicated")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build();

        assertThat(code(() -> cluster.client.nodes().resource(stale).update())).isEqualTo(409);
    }

    @Test
    void invalid_labels_effects_and_a_changed_provider_id_are_refused() {
        editNode(n -> n.editSpec().withProviderID("proxmox://test/1").endSpec());

        assertThat(code(() -> editNode(
                        n -> n.editMetadata().addToLabels("team", "not valid!").endMetadata())))
                .isEqualTo(422);
        assertThat(code(() -> editNode(n -> n.editSpec()
                        .addNewTaint()
                        .withKey("a")
                        .withEffect("Sometimes")
                        .endTaint()
                        .endSpec())))
                .isEqualTo(422);
        assertThat(code(() -> editNode(
                        n -> n.editSpec().withProviderID("proxmox://test/2").endSpec())))
                .isEqualTo(422);
    }

    @Test
    void a_status_in_a_plain_update_is_ignored() {
        editNode(n -> n.editStatus().withPhase("Forged").endStatus());

        assertThat(cluster.client.nodes().withName("shared-1").get().getStatus().getPhase())
                .isNull();
    }

    @Test
    void a_pod_is_scheduled_runs_and_is_found_by_its_node() {
        run("web", "app");

        assertThat(cluster.client
                        .pods()
                        .inAnyNamespace()
                        .withField("spec.nodeName", "shared-1")
                        .list()
                        .getItems())
                .extracting(p -> p.getMetadata().getName())
                .contains("web");
        assertThat(code(() -> cluster.client
                        .pods()
                        .inAnyNamespace()
                        .withField("spec.color", "red")
                        .list()))
                .isEqualTo(400);
    }

    @Test
    void a_budget_refuses_an_eviction_with_429_and_two_budgets_answer_500() {
        Pod pod = run("web", "app");
        budget("one");
        assertThat(cluster.client.pods().resource(pod).evict()).isFalse();
        assertThatThrownBy(() -> cluster.client.raw(
                        "/api/v1/namespaces/default/pods/web/eviction",
                        "POST",
                        Map.of("apiVersion", "policy/v1", "kind", "Eviction", "metadata", Map.of("name", "web"))))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(429);
                    assertThat(e.getStatus().getDetails().getCauses().getFirst().getReason())
                            .isEqualTo("DisruptionBudget");
                });

        budget("two");
        assertThat(code(() -> cluster.client.pods().resource(pod).evict())).isEqualTo(500);

        cluster.client
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("default")
                .delete();
        assertThat(code(() -> cluster.client.pods().resource(pod).evict())).isEqualTo(200);
        await().until(() -> cluster.client.pods().resource(pod).get() == null);
    }

    @Test
    void a_watch_resumes_from_a_version_and_a_forgotten_version_is_gone() throws Exception {
        ConfigMap first = configMap("a");
        configMap("b");
        List<String> seen = new CopyOnWriteArrayList<>();
        var watch = watch(first, seen, new CompletableFuture<>());
        await().until(() -> seen.contains("ADDED b"));
        assertThat(seen).doesNotContain("ADDED a");
        watch.close();

        for (int i = 0; i < 60; i++) {
            configMap("filler-" + i);
        }
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        var late = watch(first, seen, closed);
        assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(410);
        late.close();
    }

    private io.fabric8.kubernetes.client.Watch watch(
            ConfigMap from, List<String> seen, CompletableFuture<Integer> closed) {
        return cluster.client
                .configMaps()
                .inNamespace("default")
                .watch(
                        new ListOptionsBuilder()
                                .withResourceVersion(from.getMetadata().getResourceVersion())
                                .build(),
                        new Watcher<ConfigMap>() {
                            @Override
                            public void eventReceived(Action action, ConfigMap object) {
                                seen.add(action + " " + object.getMetadata().getName());
                            }

                            @Override
                            public void onClose(WatcherException cause) {
                                closed.complete(cause.isHttpGone() ? 410 : 0);
                            }
                        });
    }

    private ConfigMap configMap(String name) {
        return cluster.client
                .configMaps()
                .inNamespace("default")
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private void budget(String name) {
        cluster.client
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("default")
                .resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withNewMinAvailable(1)
                        .withNewSelector()
                        .addToMatchLabels("app", "app")
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
    }

    private Pod run(String name, String app) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("nginx")
                .endContainer()
                .endSpec()
                .build();
        cluster.client.pods().inNamespace("default").resource(pod).create();
        return cluster.client.pods().inNamespace("default").withName(name).waitUntilReady(30, TimeUnit.SECONDS);
    }

    @Test
    void pods_of_a_deleted_node_are_collected() {
        cluster.join(101, "doomed");
        run("web", "app");
        String node = cluster.client
                .pods()
                .inNamespace("default")
                .withName("web")
                .get()
                .getSpec()
                .getNodeName();

        cluster.client.nodes().withName(node).delete();

        await().untilAsserted(() -> assertThat(podsOn(node)).isEmpty());
        assertThat(cluster.client.nodes().withName(node).get()).isNull();
    }

    private List<Pod> podsOn(String node) {
        return cluster.client
                .pods()
                .inAnyNamespace()
                .withField("spec.nodeName", node)
                .list()
                .getItems();
    }

    @Test
    void the_state_and_the_port_survive_a_restart() throws IOException {
        ConfigMap kept = configMap("kept");
        String url = cluster.simulator.url();
        cluster.close();

        cluster = new TestCluster(folder);

        assertThat(cluster.simulator.url()).isEqualTo(url);
        ConfigMap found = cluster.client
                .configMaps()
                .inNamespace("default")
                .withName("kept")
                .get();
        assertThat(found.getMetadata().getUid()).isEqualTo(kept.getMetadata().getUid());
        assertThat(Long.parseLong(configMap("next").getMetadata().getResourceVersion()))
                .isGreaterThan(Long.parseLong(kept.getMetadata().getResourceVersion()));
    }
}
