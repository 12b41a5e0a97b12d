package io.nodeledger.provisioner.kubernetes.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that a workspace may run, there and back, at each pace. */
class PacesTest {
    @TempDir
    private Path folder;

    private MovedWorld world;

    @BeforeEach
    void start() {
        world = new MovedWorld(folder, 3, 2);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void allMovesToDedicatedNodesAndBack(Pace pace) throws InterruptedException {
        world.add(
                AWorkload.deployment("single", 1),
                AWorkload.deployment("web", 5).letting(2),
                AWorkload.statefulSet("db", 3).letting(1),
                AWorkload.daemonSet("logs"),
                AWorkload.job("import"),
                AWorkload.bare("debug", "shared-1"));

        world.directed(MovedWorld.DEDICATED);
        try (var witness = Witness.of(world, pace)) {
            var progress = world.move(world.toDedicated(pace));

            witness.assertNothingWrong();
            assertThat(progress.waitingForJobs()).containsExactly("shop/import");
            assertThat(progress.barePods()).containsExactly("shop/debug");
            assertThat(progress.workloads())
                    .contains(
                            new MoveProgress.Moved(name("Deployment", "single"), 1, 1, 1),
                            new MoveProgress.Moved(name("Deployment", "web"), 5, 5, 5),
                            new MoveProgress.Moved(name("StatefulSet", "db"), 3, 3, 3),
                            new MoveProgress.Moved(name("DaemonSet", "logs"), 2, 2, 2));
        }
        for (var app : Set.of("single", "web", "db", "logs")) {
            assertThat(world.nodesOf(app)).isSubsetOf(world.dedicatedNodes());
        }
        assertThat(world.nodesOf("debug")).containsExactly("shared-1");

        ends(world.pods("import").getFirst());
        world.moves().cordon(MovedWorld.WORKSPACE, world.dedicatedNodes(), () -> {});
        world.directed(MovedWorld.SHARED);
        try (var witness = Witness.of(world, pace)) {
            var progress = world.move(world.toShared(pace));

            witness.assertNothingWrong();
            assertThat(progress.workloads())
                    .contains(
                            new MoveProgress.Moved(name("Deployment", "web"), 5, 5, 5),
                            new MoveProgress.Moved(name("StatefulSet", "db"), 3, 3, 3));
        }
        for (var app : Set.of("single", "web", "db")) {
            assertThat(world.nodesOf(app)).doesNotContainAnyElementsOf(world.dedicatedNodes());
        }
        assertThat(world.nodesOf("logs")).contains("shared-1", "shared-2", "shared-3");
    }

    private void ends(Pod pod) {
        world.client()
                .resource(pod)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"phase\": \"Succeeded\"}}");
    }

    private static WorkloadName name(String kind, String app) {
        return new WorkloadName(MovedWorld.NAMESPACE, kind, app);
    }
}
