package io.nodeledger.provisioner.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeResource;
import io.nodeledger.events.node.SettingsEvent.NodeThresholdsChanged;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceThresholdsChanged;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class VitalSignsTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private static JdbcClient jdbc;

    @BeforeAll
    static void migrate() {
        jdbc = JdbcClient.create(ProvisionerSchema.newDatabase().keptConnections());
    }

    @BeforeEach
    void aRunningNode() {
        jdbc.sql("""
                truncate provisioner.known_node, provisioner.open_incident, provisioner.node_thresholds,
                       provisioner.workspace_thresholds""").update();
        known("node-1", "RUNNING", null);
    }

    @Test
    void nodesThatRunAreThereWithAllThatIsKnownOfThem() {
        known("node-2", "STOPPED", null);
        known("node-3", "RUNNING", "op-1");
        jdbc.sql("""
                        insert into provisioner.telemetry_latest (node_id, sampled_at, cores, cpu, memory_used, memory_total, by_kubelet,
                               detailed_at, storage_used, storage_total)
                        values ('node-1', '2026-01-05T12:00:00Z', 4, 0.5, 3, 4, true, '2026-01-05T12:00:01Z', 1, 4)""").update();

        assertThat(new VitalSigns(jdbc).in("us-west-2")).singleElement().satisfies(node -> {
            assertThat(node.nodeId()).isEqualTo("node-1");
            assertThat(node.settledAt()).isEqualTo(NOON);
            assertThat(node.ready()).isNull();
            assertThat(node.cpu()).isEqualTo(0.5);
            assertThat(node.memory()).isEqualTo(0.75);
            assertThat(node.storage()).isEqualTo(0.25);
            assertThat(node.open()).isEmpty();
        });
    }

    @Test
    void incidentsAreOpenUntilTheyEndOrTheNodeNoLongerRuns() {
        var incidents = new OpenIncidents(jdbc);

        incidents.follow(new HealthEvent.HealthCheckFailed("node-1", "ws-1", "NOT_READY", "why", NOON, NOON));
        incidents.follow(exceeded(NodeResource.CPU));
        incidents.follow(exceeded(NodeResource.STORAGE));
        incidents.follow(new HealthEvent.ThresholdCleared(
                "node-1", "ws-1", NodeResource.CPU, new BigDecimal("1.0"), NOON, NOON));
        assertThat(open()).containsExactlyInAnyOrder("HEALTH", "STORAGE");

        incidents.follow(new HealthEvent.HealthRecovered("node-1", "ws-1", NOON, NOON));
        assertThat(open()).containsExactly("STORAGE");
        incidents.follow(new NodeEvent.MachineFoundOff("node-1", "ws-1", 100, "pve1", NOON));
        assertThat(open()).isEmpty();
    }

    @Test
    void aNodesThresholdsComeFirstThenItsWorkspaces() {
        var own = new OwnThresholds(jdbc);
        var eighty = new Threshold(new BigDecimal("80"), 60);
        var seventy = new Threshold(new BigDecimal("70.5"), 0);

        own.follow(new WorkspaceThresholdsChanged("ws-1", new Thresholds(eighty, eighty, null), NOON));
        own.follow(new WorkspaceThresholdsChanged("ws-2", new Thresholds(null, null, eighty), NOON));
        assertThat(thresholds()).isEqualTo(new Thresholds(eighty, eighty, null));

        own.follow(new NodeThresholdsChanged("node-1", "ws-1", new Thresholds(seventy, null, seventy), NOON));
        assertThat(thresholds()).isEqualTo(new Thresholds(seventy, eighty, seventy));

        own.follow(new NodeThresholdsChanged("node-1", "ws-1", new Thresholds(null, seventy, null), NOON));
        assertThat(thresholds()).isEqualTo(new Thresholds(eighty, seventy, null));

        own.follow(new WorkspaceThresholdsChanged("ws-1", Thresholds.NONE, NOON));
        own.follow(new NodeEvent.NodeDeleted("node-1", "ws-1", "task-1", "prod-1", NOON));
        assertThat(thresholds()).isEqualTo(Thresholds.NONE);
    }

    private static Thresholds thresholds() {
        return new VitalSigns(jdbc).in("us-west-2").getFirst().thresholds();
    }

    private static HealthEvent exceeded(NodeResource resource) {
        return new HealthEvent.ThresholdExceeded(
                "node-1", "ws-1", resource, new BigDecimal("90"), new BigDecimal("97.3"), NOON, NOON);
    }

    private static Iterable<String> open() {
        return new VitalSigns(jdbc).in("us-west-2").getFirst().open();
    }

    private static void known(String id, String status, @Nullable String operation) {
        jdbc.sql("""
                        insert into provisioner.known_node (node_id, workspace_id, region, status, operation_id, settled_at,
                               allocated)
                        values (?, 'ws-1', 'us-west-2', ?, ?, '2026-01-05T12:00:00Z', '{}')""").params(Arrays.asList(id, status, operation)).update();
    }
}
