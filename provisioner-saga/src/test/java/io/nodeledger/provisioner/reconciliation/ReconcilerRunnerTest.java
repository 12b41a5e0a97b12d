package io.nodeledger.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.NodeEvent.MachineVanished;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerRunnerTest {
    @Test
    void two_instances_share_the_passes_of_a_region_and_tell_each_loss_once(@TempDir Path folder) throws Exception {
        try (var world = new ReconciledWorld(folder)) {
            // given
            world.begin("--nodeledger.reconciler.every=1s").begin("--nodeledger.reconciler.every=1s");
            String node = world.running();

            // when
            world.proxmox.vanish(world.vmId(node));

            // then
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(world.observed(node)).isNotEmpty());
            var passed = lastPass(world);
            await().atMost(Duration.ofSeconds(30)).until(() -> !lastPass(world).equals(passed));
            assertThat(world.observed(node)).hasExactlyElementsOfTypes(MachineVanished.class);
            assertThat(world.jdbc()
                            .sql("select task_name from provisioner.reconciliation_task")
                            .query(String.class)
                            .list())
                    .containsExactly("reconcile-us-west-2");
        }
    }

    private static String lastPass(ReconciledWorld world) {
        return world.jdbc()
                .sql("select passed_at::text from provisioner.reconciled_region")
                .query(String.class)
                .single();
    }
}
