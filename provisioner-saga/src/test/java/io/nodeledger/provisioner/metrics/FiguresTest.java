package io.nodeledger.provisioner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tables say is what the gauges say, also when it is over. */
class FiguresTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private JdbcClient jdbc;

    @BeforeEach
    void migrate() {
        jdbc = JdbcClient.create(ProvisionerSchema.newDatabase().keptConnections());
    }

    @Test
    void operationsAreCountedUntilTheyEnd() {
        var figures = new OperationFigures(jdbc, CLOCK, meters);
        node("node-1", "PROVISIONING", "'task-1'", 60);
        node("node-2", "PROVISIONING", "'task-2'", 300);
        node("node-3", "RUNNING", "'task-3'", 5);
        node("node-4", "RUNNING", "null", 5000);

        figures.read();
        assertThat(value("nodeledger.operations.unfinished", "type", "provision"))
                .isEqualTo(2);
        assertThat(value("nodeledger.operations.oldest.seconds", "type", "provision"))
                .isEqualTo(300);
        assertThat(value("nodeledger.operations.unfinished", "type", "update")).isEqualTo(1);
        assertThat(value("nodeledger.operations.unfinished", "type", "delete")).isZero();

        jdbc.sql("update provisioner.known_node set operation_id = null").update();
        figures.read();
        assertThat(value("nodeledger.operations.unfinished", "type", "provision"))
                .isZero();
        assertThat(value("nodeledger.operations.oldest.seconds", "type", "provision"))
                .isZero();
    }

    @Test
    void stepsThatNobodyBeginsGrowLate() {
        var figures = new ActivityFigures(jdbc, CLOCK, meters);
        step("a", 90, false);
        step("b", 10, false);
        step("c", 600, true);
        step("d", -30, false);

        figures.read();
        assertThat(value("nodeledger.activities", "state", "due")).isEqualTo(2);
        assertThat(value("nodeledger.activities", "state", "running")).isEqualTo(1);
        assertThat(value("nodeledger.activities", "state", "waiting")).isEqualTo(1);
        assertThat(value("nodeledger.activities.late.seconds")).isEqualTo(90);

        jdbc.sql("delete from provisioner.scheduled_tasks").update();
        figures.read();
        assertThat(value("nodeledger.activities", "state", "due")).isZero();
        assertThat(value("nodeledger.activities.late.seconds")).isZero();
    }

    @Test
    void regionsShowHowFreshTheyAreWhatRoomIsLeftAndWhatDiffers() {
        var figures = new RegionFigures(jdbc, Set.of("west"), Duration.ofSeconds(5), CLOCK, meters);
        jdbc.sql("""
                        insert into provisioner.reconciled_region (region, listed_at, breaker_reason, held_back)
                        values ('west', timestamptz '2026-01-01T09:59:00Z', 'too many', 7), ('gone', now(), null, 0)""").update();
        jdbc.sql(
                        "insert into provisioner.observed_cluster (region, observed_at) values ('west', '2026-01-01T09:59:57Z')")
                .update();
        jdbc.sql("""
                        insert into provisioner.region_capacity
                        values ('west', 'a', 4, 1000, 500, now()), ('west', 'b', 6, 2000, 500, now())""").update();
        drift("a", "machine_vanished", true, "none");
        drift("b", "machine_vanished", true, "held_back");
        drift("c", "machine_vanished", false, "none");
        drift("d", "machine_vanished", true, "repaired");

        figures.read();
        assertThat(value("nodeledger.region.observation.age.seconds", "region", "west", "what", "machines"))
                .isEqualTo(60);
        assertThat(value("nodeledger.region.observation.age.seconds", "region", "west", "what", "cluster"))
                .isEqualTo(3);
        assertThat(value("nodeledger.provider.up", "region", "west", "provider", "kubernetes"))
                .isEqualTo(1);
        assertThat(value("nodeledger.region.room", "region", "west", "resource", "cpu"))
                .isEqualTo(10);
        assertThat(value("nodeledger.region.room", "region", "west", "resource", "memory"))
                .isEqualTo(3000);
        assertThat(value("nodeledger.region.room", "region", "west", "resource", "storage"))
                .isEqualTo(500);
        assertThat(value("nodeledger.region.breaker.open", "region", "west")).isEqualTo(1);
        assertThat(value("nodeledger.region.held.back", "region", "west")).isEqualTo(7);
        assertThat(value("nodeledger.drift", "region", "west", "kind", "machine_vanished"))
                .isEqualTo(2);
        assertThat(meters.find("nodeledger.region.breaker.open")
                        .tag("region", "gone")
                        .gauge())
                .isNull();

        jdbc.sql("update provisioner.drift set action = 'repaired'").update();
        jdbc.sql("update provisioner.reconciled_region set breaker_reason = null")
                .update();
        jdbc.sql("update provisioner.observed_cluster set observed_at = '2026-01-01T09:50:00Z'")
                .update();
        figures.read();
        assertThat(meters.find("nodeledger.drift").gauge()).isNull();
        assertThat(value("nodeledger.region.breaker.open", "region", "west")).isZero();
        assertThat(value("nodeledger.provider.up", "region", "west", "provider", "kubernetes"))
                .isZero();
    }

    @Test
    void aClusterThatIsSeldomLookedAtIsUpBetweenTwoLooks() {
        var figures = new RegionFigures(jdbc, Set.of("west"), Duration.ofMinutes(10), CLOCK, meters);
        jdbc.sql(
                        "insert into provisioner.observed_cluster (region, observed_at) values ('west', '2026-01-01T09:45:00Z')")
                .update();

        figures.read();

        assertThat(value("nodeledger.provider.up", "region", "west", "provider", "kubernetes"))
                .isEqualTo(1);
    }

    @Test
    void aClusterThatWasNeverSeenIsDownOnceThereWasTimeToSeeIt() {
        var now = new AtomicReference<>(NOW);
        var figures = new RegionFigures(jdbc, Set.of("west"), Duration.ofSeconds(5), now::get, meters);

        figures.read();
        assertThat(meters.find("nodeledger.provider.up").gauge()).isNull();

        now.set(NOW.plusSeconds(200));
        figures.read();
        assertThat(value("nodeledger.provider.up", "region", "west", "provider", "kubernetes"))
                .isZero();
    }

    @Test
    void transitionsAreCountedByStageAndTheOneThatDoesNotGetOnIsSeen() {
        var figures = new StageFigures(jdbc, CLOCK, meters);
        transition("trans-1", "MIGRATE", 400);
        transition("trans-2", "MIGRATE", 20);
        transition("trans-3", "AWAIT_WINDOW", 90000);

        figures.read();
        assertThat(value("nodeledger.transitions.running", "stage", "migrate")).isEqualTo(2);
        assertThat(value("nodeledger.transitions.running", "stage", "await_window"))
                .isEqualTo(1);
        assertThat(value("nodeledger.transitions.idle.seconds", "stage", "migrate"))
                .isEqualTo(400);
        assertThat(meters.find("nodeledger.transitions.idle.seconds")
                        .tag("stage", "await_window")
                        .gauge())
                .isNull();

        jdbc.sql("delete from provisioner.running_transition").update();
        figures.read();
        assertThat(value("nodeledger.transitions.running", "stage", "migrate")).isZero();
        assertThat(value("nodeledger.transitions.idle.seconds", "stage", "migrate"))
                .isZero();
    }

    private void transition(String id, String stage, int idleSeconds) {
        jdbc.sql("""
                        insert into provisioner.running_transition (transition_id, workspace_id, due_at, stage, progressed_at)
                        values (?, 'ws-1', now(), ?, timestamptz '2026-01-01T10:00:00Z' - ? * interval '1 second')""").params(id, stage, idleSeconds).update();
    }

    private double value(String gauge, String... labels) {
        return meters.get(gauge).tags(labels).gauge().value();
    }

    private void node(String id, String status, String operation, int seconds) {
        jdbc.sql("""
                        insert into provisioner.known_node
                               (node_id, workspace_id, region, status, operation_id, settled_at, allocated)
                        values (:id, 'ws-1', 'west', :status, %s,
                                timestamptz '2026-01-01T10:00:00Z' - :age * interval '1 second', '{}')""".formatted(operation))
                .param("id", id)
                .param("status", status)
                .param("age", seconds)
                .update();
    }

    private void step(String name, int dueForSeconds, boolean picked) {
        jdbc.sql("""
                        insert into provisioner.scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                        values ('node-step', ?, timestamptz '2026-01-01T10:00:00Z' - ? * interval '1 second', ?, 1)""").params(name, dueForSeconds, picked).update();
    }

    private void drift(String subject, String kind, boolean confirmed, String action) {
        jdbc.sql("""
                        insert into provisioner.drift (region, subject, suspicion, kind, detail, first_seen_at, last_seen_at,
                                                       passes, confirmed, action)
                        values ('west', ?, ?, ?, '', now(), now(), 1, ?, ?)""").params(subject, kind, kind, confirmed, action).update();
    }
}
