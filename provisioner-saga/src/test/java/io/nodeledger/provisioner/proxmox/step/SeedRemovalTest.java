package io.nodeledger.provisioner.proxmox.step;

import static io.nodeledger.events.operation.Step.*;
import static io.nodeledger.provisioner.proxmox.step.MachineStepsConformance.DOWN;
import static io.nodeledger.provisioner.proxmox.step.MachineStepsConformance.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.ANode;
import io.nodeledger.provisioner.kubernetes.TriedAttempt;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ScriptedRegion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds on a storage that is another one on each host, and on one that all hosts share. */
class SeedRemovalTest {
    private static final List<String> HOSTS = List.of("pve1", "pve2", "pve3");

    @TempDir
    private static Path folder;

    private static SimulatedProxmox local;
    private static SimulatedProxmox shared;

    @BeforeAll
    static void start() throws Exception {
        local = new SimulatedProxmox(folder.resolve("local"), "local");
        shared = new SimulatedProxmox(folder.resolve("shared"), null);
    }

    @AfterEach
    void noMoreFaults() {
        local.cluster.faults().clear();
        shared.cluster.faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        local.close();
        shared.close();
    }

    @Test
    void a_seed_is_removed_from_the_host_that_it_was_uploaded_to_although_the_machine_has_moved() {
        var node = local.made(CLONE, CONFIGURE, RESIZE, BOOT);
        String uploadedTo = local.hostOf(node);
        assertThat(seeds(local, node)).containsExactly(uploadedTo);
        local.cluster.migrate(node.vmId(), local.anotherHost(node));

        DOWN.forEach(step -> assertDone(local.steps.run(node, step)));

        assertThat(seeds(local, node)).isEmpty();
    }

    @Test
    void seeds_on_several_hosts_are_all_removed_although_the_machine_has_vanished() {
        var node = local.made(CLONE, CONFIGURE);
        local.cluster.migrate(node.vmId(), local.anotherHost(node));
        local.configure(node, Map.of("delete", "ide2"));
        node.forgetTask(CONFIGURE);
        assertDone(local.steps.run(node, CONFIGURE));
        assertThat(seeds(local, node)).hasSize(2);
        local.cluster.vanish(node.vmId());

        DOWN.forEach(step -> assertDone(local.steps.run(node, step)));

        assertThat(seeds(local, node)).isEmpty();
    }

    @Test
    void a_seed_is_uploaded_where_the_machine_is_although_the_recorded_host_is_down() {
        var node = local.made(CLONE);
        String recorded = local.hostOf(node);
        local.cluster.migrate(node.vmId(), local.anotherHost(node));
        local.cluster.faults().add(Trouble.unreachable("^/nodes/" + recorded + "/"));

        assertDone(local.steps.run(node, CONFIGURE));

        local.cluster.faults().clear();
        assertThat(seeds(local, node)).containsExactly(local.hostOf(node)).doesNotContain(recorded);
        DOWN.forEach(step -> assertDone(local.steps.run(node, step)));
    }

    @Test
    void an_uploaded_seed_that_the_machine_moved_away_from_is_uploaded_again() throws Exception {
        var node = local.made(CLONE);
        local.cluster.faults().add(Trouble.refused("POST", "/config$", "got no worker upid"));
        assertThat(local.steps.once(node, CONFIGURE, 1)).isInstanceOf(StepResult.RetryLater.class);
        local.cluster.migrate(node.vmId(), local.anotherHost(node));

        assertThat(local.steps.once(node, CONFIGURE, 2)).isNotInstanceOf(StepResult.RetryLater.class);

        assertDone(local.steps.run(node, CONFIGURE));
        assertThat(local.configOf(node).text("ide2")).contains(node.id);
        DOWN.forEach(step -> assertDone(local.steps.run(node, step)));
        assertThat(seeds(local, node)).isEmpty();
    }

    @Test
    void a_shared_seed_is_removed_by_whichever_host_answers() {
        var node = shared.made(CLONE, CONFIGURE);
        shared.cluster.faults().add(Trouble.unreachable("^/nodes/(pve1|pve2)/storage/"));

        DOWN.forEach(step -> assertDone(shared.steps.run(node, step)));

        shared.cluster.faults().clear();
        assertThat(seeds(shared, node)).isEmpty();
    }

    @Test
    void a_seed_on_a_host_that_does_not_answer_is_tried_a_few_times_and_then_left_with_a_word() throws Exception {
        var node = local.made(CLONE, CONFIGURE);
        String host = local.hostOf(node);
        assertDone(local.steps.run(node, HALT));
        local.cluster.faults().add(Trouble.unreachable("^/nodes/" + host + "/storage/"));

        for (int attempt = 1; attempt < 5; attempt++) {
            assertThat(local.steps.once(node, DESTROY, attempt)).isInstanceOf(StepResult.RetryLater.class);
        }
        assertThat(local.steps.once(node, DESTROY, 5))
                .isInstanceOfSatisfying(
                        StepResult.Finished.class,
                        finished -> assertThat(finished.outcome())
                                .isInstanceOfSatisfying(
                                        Outcome.Done.class,
                                        done -> assertThat(done.detail())
                                                .startsWith("destroyed; its seed image may be left on " + host)));
    }

    /** A token that may not see the storage any more is no proof that nothing is there. */
    @Test
    void a_storage_that_no_host_lists_is_not_an_empty_one() throws Exception {
        try (var cluster = new ScriptedRegion()) {
            assertThat(new SeedRemoval(new ProviderTasks())
                            .ensure(
                                    cluster.region,
                                    ANode.inRegion("us-west-2")
                                            .on(1001)
                                            .deletingWithTask(HALT, "UPID:pve1:1:1:1:x:1:r:"),
                                    DESTROY,
                                    new TriedAttempt(Duration.ZERO)))
                    .isInstanceOfSatisfying(
                            StepResult.RetryLater.class,
                            retry -> assertThat(retry.reason()).contains("which no host lists"));
        }
    }

    @Test
    void a_removal_that_takes_its_time_is_waited_for_and_not_begun_again() throws Exception {
        var node = shared.made(CLONE, CONFIGURE);
        assertDone(shared.steps.run(node, HALT));
        shared.cluster.faults().add(Trouble.hangingTask("DELETE", "/content/"));
        assertThat(shared.steps.once(node, DESTROY, 1)).isInstanceOf(StepResult.Waiting.class);
        String begun = node.task(DESTROY);
        assertThat(begun).contains(":imgdel:");

        assertThat(shared.steps.once(node, DESTROY, 1)).isInstanceOf(StepResult.Waiting.class);

        assertThat(node.task(DESTROY)).isEqualTo(begun);
    }

    @Test
    void a_seed_that_is_found_gone_by_the_next_attempt_is_removed() throws Exception {
        var node = local.made(CLONE, CONFIGURE);
        assertDone(local.steps.run(node, HALT));
        local.cluster.faults().add(Trouble.lostAnswer("DELETE", "/content/"));

        assertThat(local.steps.once(node, DESTROY, 1)).isInstanceOf(StepResult.RetryLater.class);
        assertThat(seeds(local, node)).isEmpty();
        assertThat(local.steps.once(node, DESTROY, 2)).isEqualTo(StepResult.done());
    }

    @Test
    void a_shared_seed_that_is_found_gone_from_the_next_host_is_removed() throws Exception {
        var node = shared.made(CLONE, CONFIGURE);
        assertDone(shared.steps.run(node, HALT));
        shared.cluster.faults().add(Trouble.lostAnswer("DELETE", "/content/"));

        assertThat(shared.steps.once(node, DESTROY, 1)).isEqualTo(StepResult.done());
        assertThat(seeds(shared, node)).isEmpty();
    }

    /** The hosts that see the node's seed. */
    private static List<String> seeds(SimulatedProxmox proxmox, NodeUnderTest node) {
        String storage = proxmox.steps.region().isoStorage();
        return HOSTS.stream()
                .filter(host -> proxmox.client().isos(host, storage).stream().anyMatch(iso -> iso.contains(node.id)))
                .toList();
    }
}
