package io.nodeledger.provisioner.kubernetes.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.Taint;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.kubernetes.KubernetesSimulatorSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said at namespaces and DaemonSets, and taken back. */
class DirectionTest {
    private static final String OURS =
            "[{\"effect\":\"NoSchedule\",\"key\":\"nodeledger.io/workspace\",\"operator\":\"Equal\",\"value\":\"ws-shop\"}]";

    @TempDir
    private Path folder;

    @Test
    void whatANamespaceSaidBeforeComesBack() throws Exception {
        try (var world = new MovedWorld(folder, 1, 1)) {
            annotate(
                    world,
                    Map.of(NamespaceDirection.SELECTOR, "disk=ssd", NamespaceDirection.DEFAULTS, "[{\"key\":\"a\"}]"));
            var before = annotations(world);

            world.directed(MovedWorld.DEDICATED);
            assertThat(annotations(world))
                    .containsEntry(NamespaceDirection.SELECTOR, "node-type=dedicated,workspace=ws-shop")
                    .containsEntry("nodeledger.io/former-node-selector", "disk=ssd");
            assertThat(annotations(world).get(NamespaceDirection.DEFAULTS)).contains("\"a\"", "ws-shop");
            assertThat(world.moves().survey(MovedWorld.NAMESPACES).directed()).containsExactly("shop");
            var directed = annotations(world);
            world.directed(MovedWorld.DEDICATED);
            assertThat(annotations(world)).isEqualTo(directed);

            world.directed(MovedWorld.SHARED);
            assertThat(annotations(world)).containsAllEntriesOf(before).hasSize(before.size() + 1);
            var released = annotations(world);
            world.directed(MovedWorld.SHARED);
            assertThat(annotations(world)).isEqualTo(released);
        }
    }

    @Test
    void aNamespaceThatSaidNothingSaysNothingAgain() throws Exception {
        try (var world = new MovedWorld(folder, 1, 1)) {
            world.directed(MovedWorld.DEDICATED);
            assertThat(annotations(world)).containsEntry(NamespaceDirection.DEFAULTS, OURS);
            world.directed(MovedWorld.SHARED);
            assertThat(annotations(world)).containsOnlyKeys("nodeledger.io/directed-at");
        }
    }

    @Test
    void aUsersOwnDedicatedSelectorSurvivesAMoveThatIsUndone() throws Exception {
        try (var world = new MovedWorld(folder, 1, 1)) {
            annotate(world, Map.of(NamespaceDirection.SELECTOR, "node-type=dedicated,disk=ssd"));

            world.directed(MovedWorld.SHARED);
            assertThat(annotations(world)).doesNotContainKey(NamespaceDirection.SELECTOR);
            world.directed(MovedWorld.DEDICATED);

            assertThat(annotations(world))
                    .containsEntry(NamespaceDirection.SELECTOR, "disk=ssd,node-type=dedicated,workspace=ws-shop");
            world.directed(MovedWorld.SHARED);
            assertThat(annotations(world)).doesNotContainKey(NamespaceDirection.SELECTOR);
        }
    }

    @Test
    void aNamespaceThatLimitsTolerationsAllowsOurs() throws Exception {
        try (var world = new MovedWorld(folder, 1, 1)) {
            annotate(world, Map.of(NamespaceDirection.ALLOWED, """
                    [{"key": "node.kubernetes.io/not-ready", "operator": "Exists"},
                     {"key": "node.kubernetes.io/unreachable", "operator": "Exists"},
                     {"key": "node.kubernetes.io/memory-pressure", "operator": "Exists"}]"""));
            world.directed(MovedWorld.DEDICATED);
            world.add(AWorkload.deployment("web", 2));
            assertThat(world.nodesOf("web")).isSubsetOf(world.dedicatedNodes());
        }
    }

    @Test
    void otherTaintsOfTheNodesAreTolerated() throws Exception {
        try (var world = new MovedWorld(folder, 1, 1)) {
            var target = new Target.Dedicated(MovedWorld.WORKSPACE, List.of(new Taint("gpu", "yes", "NoSchedule")));
            world.edit(
                    "shared-2",
                    node -> node.edit()
                            .editSpec()
                            .addNewTaint()
                            .withKey("gpu")
                            .withValue("yes")
                            .withEffect("NoSchedule")
                            .endTaint()
                            .endSpec()
                            .build());
            world.add(AWorkload.deployment("web", 2), AWorkload.daemonSet("logs"));
            world.directed(target);
            world.move(MoveRequest.toDedicated(MovedWorld.NAMESPACES, target, Pace.ALL, Map.of()));
            assertThat(world.nodesOf("web")).containsExactly("shared-2");
            assertThat(world.nodesOf("logs")).containsExactly("shared-2");
        }
    }

    @Test
    void aDaemonSetGetsItsTemplateBack() throws Exception {
        try (var world = new MovedWorld(folder, 2, 1)) {
            world.add(AWorkload.daemonSet("logs").on(Map.of("kubernetes.io/os", "linux")));
            var before = template(world);
            world.directed(MovedWorld.DEDICATED);
            world.move(world.toDedicated(Pace.ALL));
            assertThat(world.nodesOf("logs")).containsExactly("shared-3");
            world.directed(MovedWorld.SHARED);
            assertThat(template(world)).isEqualTo(before);
            world.move(world.toShared(Pace.ALL));
            assertThat(world.nodesOf("logs")).contains("shared-1", "shared-2");
        }
    }

    @Test
    void missingPluginsAreSaid() throws Exception {
        var settings = new KubernetesSimulatorSettings("us-west-2", folder, 0, 0, 2, false, 1000);
        try (var world = new MovedWorld(settings.withoutDirectedPods(), 1)) {
            var missing = new MoveRound.Impossible(
                    MoveRound.BLOCKED,
                    "The API server does not direct the pods of namespace shop to nodes: its admission plugin"
                            + " PodNodeSelector is not on");
            world.add(AWorkload.deployment("web", 2), AWorkload.daemonSet("logs"));
            assertThat(world.moves().round(world.toDedicated(Pace.ALL), () -> {}))
                    .isEqualTo(missing);
            assertThat(world.nodesOf("logs")).hasSize(1);
            world.client().apps().daemonSets().inNamespace("shop").delete();
            await().until(() -> world.pods("logs").isEmpty());
            assertThat(world.moves().round(world.toDedicated(Pace.ALL), () -> {}))
                    .isEqualTo(missing);
            assertThat(world.pods("web")).noneMatch(KeptPods::isEnding);
            world.directed(MovedWorld.SHARED);
            assertThat(annotations(world)).containsOnlyKeys("nodeledger.io/directed-at");
        }
    }

    @Test
    void whatOthersChangeMeanwhileIsDirectedAgain() throws Exception {
        try (var world = new MovedWorld(folder, 2, 2)) {
            world.add(AWorkload.deployment("web", 3));
            world.directed(MovedWorld.DEDICATED);
            annotate(world, Map.of(NamespaceDirection.SELECTOR, "node-type=shared"));
            AWorkload.daemonSet("logs").createAt(world.client());

            world.move(world.toDedicated(Pace.EACH_WORKLOAD));

            assertThat(annotations(world))
                    .containsEntry(NamespaceDirection.SELECTOR, "node-type=dedicated,workspace=ws-shop");
            assertThat(world.nodesOf("web")).isSubsetOf(world.dedicatedNodes());
            assertThat(world.nodesOf("logs")).isEqualTo(world.dedicatedNodes());
        }
    }

    @Test
    void somebodyElsesChangeInBetweenIsKept() throws Exception {
        try (var world = new MovedWorld(folder, 1, 1)) {
            world.simulator
                    .faults()
                    .add(Fault.always(FaultKind.STATUS, "^/api/v1/namespaces/shop$")
                            .withMethod("PATCH")
                            .withStatus(409)
                            .withTimes(3));
            world.directed(MovedWorld.DEDICATED);
            assertThat(annotations(world)).containsKey(NamespaceDirection.SELECTOR);
        }
    }

    @Test
    void obstaclesAreSaidBeforehand() throws Exception {
        try (var world = new MovedWorld(folder, 2, 1)) {
            world.add(
                    AWorkload.deployment("bound", 1).on(Map.of("node-type", "shared")),
                    AWorkload.deployment("picky", 1).on(Map.of("kubernetes.io/hostname", "shared-1")),
                    AWorkload.deployment("large", 3).asking("7"),
                    AWorkload.deployment("web", 2).letting(1));

            assertThat(world.moves().obstacles(world.toDedicated(Pace.ALL)))
                    .hasSize(3)
                    .anySatisfy(one -> assertThat(one)
                            .isEqualTo(
                                    "Deployment shop/bound can't go there: its node selector wants node-type=shared"))
                    .anySatisfy(one -> assertThat(one)
                            .startsWith("Deployment shop/picky can't go there: shop/picky-")
                            .contains("shared-3 does not match its node selector"))
                    .anySatisfy(one ->
                            assertThat(one).isEqualTo("There is no room for 1 of 3 pods of Deployment shop/large"));
        }
    }

    private static void annotate(MovedWorld world, Map<String, String> annotations) {
        world.client()
                .namespaces()
                .withName("shop")
                .edit(one -> one.edit()
                        .editMetadata()
                        .addToAnnotations(annotations)
                        .endMetadata()
                        .build());
    }

    private static Map<String, String> annotations(MovedWorld world) {
        return world.client().namespaces().withName("shop").get().getMetadata().getAnnotations();
    }

    private static Object template(MovedWorld world) {
        return world.client()
                .apps()
                .daemonSets()
                .inNamespace("shop")
                .withName("logs")
                .get()
                .getSpec()
                .getTemplate();
    }
}
