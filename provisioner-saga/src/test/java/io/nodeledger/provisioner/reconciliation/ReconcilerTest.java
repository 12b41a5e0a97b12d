package io.nodeledger.provisioner.reconciliation;

import static io.nodeledger.provisioner.reconciliation.ReconciledWorld.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeEvent.MachineFoundOff;
import io.nodeledger.events.node.NodeEvent.MachineFoundOn;
import io.nodeledger.events.node.NodeEvent.MachineMigrated;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.provisioner.activity.NodeStreams;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines of live nodes that change behind the platform's back (source: reliability, cases 6, 9 and 22). */
class ReconcilerTest {
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
    void nodes_that_are_as_they_should_be_are_left_alone() throws Exception {
        String node = world.running();

        world.passes(3);

        assertThat(world.observed(node)).isEmpty();
        assertThat(world.drift()).isEmpty();
        assertThat(world.breaker()).isEmpty();
    }

    @Test
    void case_9_a_machine_deleted_outside_leaves_its_node_in_error_with_the_last_proof_of_its_life() throws Exception {
        String node = world.running();
        int vmId = world.vmId(node);
        Instant before = Instant.now();
        world.pass();
        Instant seen = Instant.now();
        world.proxmox.vanish(vmId);

        world.pass();
        assertThat(world.observed(node)).as("one listing is no proof").isEmpty();
        world.passes(2);

        assertThat(world.observed(node)).singleElement().isInstanceOfSatisfying(MachineVanished.class, vanished -> {
            assertThat(vanished.vmId()).isEqualTo(vmId);
            assertThat(vanished.lastSeenAt()).isBetween(before.minusMillis(1), seen);
            assertThat(vanished.effectiveAt()).isAfterOrEqualTo(seen.minusMillis(1));
        });
        assertThat(world.stream(node).getLast().getMetaData())
                .containsEntry(Cause.ACTOR_ID, "reconciler")
                .containsEntry(Cause.ACTOR_TYPE, "system")
                .containsEntry(Cause.COMMAND, "RecordObservation");
        assertThat(world.known(node).status()).isEqualTo(NodeStatus.ERROR);
        assertThat(world.drift()).contains("machine_vanished repaired");
        assertThat(world.workspaceEvents())
                .filteredOn(CreditHoldReleased.class::isInstance)
                .extracting(event -> ((CreditHoldReleased) event).nodeId())
                .containsOnlyOnce(node);
    }

    @Test
    void case_9_the_quota_of_a_machine_deleted_outside_is_freed_once_when_its_node_is_deleted() throws Exception {
        String node = world.running();
        world.proxmox.vanish(world.vmId(node));
        world.passes(2);

        world.delete(node, false);
        world.awaitStatus(node, NodeStatus.DELETED);
        world.passes(2);

        assertThat(world.workspaceEvents())
                .filteredOn(NodeReleased.class::isInstance)
                .extracting(event -> ((NodeReleased) event).nodeId())
                .containsOnlyOnce(node);
        assertThat(world.events(node)).last().isInstanceOf(NodeDeleted.class);
        assertThat(world.kubernetesClient().nodes().withName(node + "-k8s").get())
                .isNull();
    }

    @Test
    void case_6_a_machine_that_was_migrated_is_followed() throws Exception {
        String node = world.running();
        String host =
                Objects.requireNonNull(world.known(node).footprint().machine()).host();
        String other = world.proxmox.migrate(world.vmId(node));

        world.passes(3);

        assertThat(world.observed(node)).singleElement().isInstanceOfSatisfying(MachineMigrated.class, moved -> {
            assertThat(moved.formerHost()).isEqualTo(host);
            assertThat(moved.host()).isEqualTo(other);
        });
        var placement = world.bean(NodeStreams.class).read(node).placement();
        assertThat(Objects.requireNonNull(placement).host()).isEqualTo(other);
        assertThat(world.known(node).status()).isEqualTo(NodeStatus.RUNNING);
    }

    @Test
    void a_machine_powered_off_outside_stops_its_node_and_one_powered_on_lets_it_run() throws Exception {
        String node = world.running();
        world.proxmox.power(world.vmId(node), false);

        world.passes(2);
        assertThat(world.known(node).status()).isEqualTo(NodeStatus.STOPPED);
        world.passes(2);
        world.proxmox.power(world.vmId(node), true);
        world.passes(3);

        assertThat(world.observed(node)).hasExactlyElementsOfTypes(MachineFoundOff.class, MachineFoundOn.class);
        assertThat(world.known(node).status()).isEqualTo(NodeStatus.RUNNING);
    }

    @Test
    void a_machine_that_is_off_for_one_listing_only_is_no_news() throws Exception {
        String node = world.running();
        world.proxmox.power(world.vmId(node), false);
        world.pass();
        world.proxmox.power(world.vmId(node), true);
        world.passes(2);

        assertThat(world.observed(node)).isEmpty();
    }

    @Test
    void a_stopped_node_is_deleted_without_waiting_for_its_drain() throws Exception {
        String node = world.running();
        world.proxmox.power(world.vmId(node), false);
        world.passes(2);

        world.delete(node, false);

        world.awaitStatus(node, NodeStatus.DELETED);
        assertThat(world.machines()).isEmpty();
    }

    @Test
    void whoever_lost_the_region_to_another_instance_changes_nothing_any_more() throws Exception {
        String node = world.running();
        world.proxmox.vanish(world.vmId(node));
        world.pass();

        assertThatThrownBy(() -> world.bean(Reconciler.class).pass(REGION, () -> false))
                .isInstanceOf(Guard.Overtaken.class);

        assertThat(world.observed(node)).isEmpty();
    }

    @Test
    void a_machine_whose_marker_was_taken_away_is_told_and_left_alone() throws Exception {
        String node = world.running();
        int vmId = world.vmId(node);
        String host =
                Objects.requireNonNull(world.known(node).footprint().machine()).host();
        world.client().configure(host, vmId, java.util.Map.of("tags", "theirs", "description", "ours now"));

        world.passes(3);

        assertThat(world.observed(node)).isEmpty();
        assertThat(world.drift()).containsExactly("marker_lost none");
        assertThat(world.exists(vmId)).isTrue();
    }
}
