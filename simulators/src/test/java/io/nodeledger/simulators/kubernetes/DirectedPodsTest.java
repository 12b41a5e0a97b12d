package io.nodeledger.simulators.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PodNodeSelector and PodTolerationRestriction, as the real plugins are known to behave. */
class DirectedPodsTest {
    private static final String SELECTOR = "scheduler.alpha.kubernetes.io/node-selector";
    private static final String DEFAULTS = "scheduler.alpha.kubernetes.io/defaultTolerations";
    private static final String ALLOWED = "scheduler.alpha.kubernetes.io/tolerationsWhitelist";

    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new TestCluster(folder.resolve("small"));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void a_new_pod_gets_the_selector_and_the_tolerations_of_its_namespace() {
        start(Map.of(
                SELECTOR,
                "node-type=dedicated, workspace=ws-1",
                DEFAULTS,
                "[{\"key\": \"for\", \"operator\": \"Equal\", \"value\": \"ws-1\", \"effect\": \"NoSchedule\"}]"));

        var pod = create(pod(Map.of("disk", "ssd")), false);

        assertThat(pod.getSpec().getNodeSelector())
                .isEqualTo(Map.of("node-type", "dedicated", "workspace", "ws-1", "disk", "ssd"));
        assertThat(pod.getSpec().getTolerations())
                .extracting(Toleration::getKey)
                .containsExactlyInAnyOrder("for", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    }

    @Test
    void a_pod_that_is_only_tried_shows_what_it_would_get() {
        start(Map.of(SELECTOR, "node-type=dedicated"));

        var tried = create(pod(Map.of()), true);

        assertThat(tried.getSpec().getNodeSelector()).isEqualTo(Map.of("node-type", "dedicated"));
        assertThat(cluster.client.pods().inNamespace("shop").list().getItems()).isEmpty();
    }

    @Test
    void a_selector_of_its_own_that_says_otherwise_is_forbidden() {
        start(Map.of(SELECTOR, "node-type=dedicated"));

        assertThatThrownBy(() -> create(pod(Map.of("node-type", "shared")), true))
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(403);
                    assertThat(refused.getStatus().getReason()).isEqualTo("Forbidden");
                    assertThat(refused.getStatus().getMessage())
                            .isEqualTo("pods \"web\" is forbidden: pod node label selector conflicts with its namespace"
                                    + " node label selector");
                });
    }

    @Test
    void a_wider_toleration_replaces_a_narrower_one() {
        start(Map.of(DEFAULTS, "[{\"operator\": \"Exists\"}]"));

        var pod = create(pod(Map.of()), false);

        assertThat(pod.getSpec().getTolerations())
                .singleElement()
                .extracting(Toleration::getKey)
                .isNull();
    }

    @Test
    void a_toleration_that_the_namespace_does_not_allow_is_refused() {
        start(Map.of(ALLOWED, "[{\"key\": \"node.kubernetes.io/not-ready\", \"operator\": \"Exists\"}]"));

        assertThatThrownBy(() -> create(pod(Map.of()), true))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(500))
                .hasMessageContaining("conflict with its namespace whitelist");
    }

    @Test
    void a_selector_that_cannot_be_read_lets_no_pod_in() {
        start(Map.of(SELECTOR, "node-type"));

        assertThatThrownBy(() -> create(pod(Map.of()), true)).hasMessageContaining("invalid selector: node-type");
    }

    @Test
    void without_the_plugins_the_annotations_say_nothing() throws IOException {
        restart(
                new KubernetesSimulatorSettings("test", folder.resolve("other"), 0, 0, 1, false, 50)
                        .withoutDirectedPods(),
                Map.of(SELECTOR, "node-type=dedicated"));

        assertThat(create(pod(Map.of()), true).getSpec().getNodeSelector()).isEmpty();
    }

    @Test
    void a_daemon_set_follows_its_template_to_other_nodes() throws IOException {
        restart(new KubernetesSimulatorSettings("test", folder.resolve("other"), 0, 0, 3, false, 500), Map.of());
        cluster.client
                .nodes()
                .withName("shared-2")
                .edit(node -> node.edit()
                        .editMetadata()
                        .addToLabels("node-type", "dedicated")
                        .endMetadata()
                        .build());
        var set = cluster.client
                .resource(new DaemonSetBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("logs")
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", "logs"))
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(Map.of("app", "logs"))
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(0L)
                        .addNewContainer()
                        .withName("logs")
                        .withImage("logs")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        awaitPodsOn("shared-1", "shared-2", "shared-3");
        var before = uidOn("shared-2");

        cluster.client
                .resource(set)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"template\": {\"spec\": {\"nodeSelector\": {\"node-type\": \"dedicated\"}}}}}");

        awaitPodsOn("shared-2");
        await().atMost(Duration.ofSeconds(10)).until(() -> !uidOn("shared-2").equals(before));
    }

    private void awaitPodsOn(String... nodes) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(running())
                        .extracting(pod -> pod.getSpec().getNodeName())
                        .containsExactlyInAnyOrder(nodes));
    }

    private List<Pod> running() {
        return cluster.client.pods().inNamespace("shop").list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod ->
                        "Running".equals(Objects.requireNonNull(pod.getStatus()).getPhase()))
                .toList();
    }

    private String uidOn(String node) {
        return running().stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .map(pod -> pod.getMetadata().getUid())
                .findFirst()
                .orElse("");
    }

    private void start(Map<String, String> annotations) {
        cluster.awaitReady("shared-1");
        namespace(annotations);
    }

    private void restart(KubernetesSimulatorSettings settings, Map<String, String> annotations) throws IOException {
        cluster.close();
        cluster = new TestCluster(settings);
        start(annotations);
    }

    private void namespace(Map<String, String> annotations) {
        cluster.client
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .withAnnotations(annotations)
                        .endMetadata()
                        .build())
                .create();
    }

    private Pod create(Pod pod, boolean tried) {
        var pods = cluster.client.pods().inNamespace("shop").resource(pod);
        return tried ? pods.dryRun().create() : pods.create();
    }

    private static Pod pod(Map<String, String> selector) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withNodeSelector(selector)
                .addNewContainer()
                .withName("web")
                .withImage("web")
                .endContainer()
                .endSpec()
                .build();
    }
}
