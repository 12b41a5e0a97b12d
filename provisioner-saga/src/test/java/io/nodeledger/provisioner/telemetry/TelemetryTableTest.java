package io.nodeledger.provisioner.telemetry;

import static io.nodeledger.provisioner.telemetry.Machines.GIB;
import static io.nodeledger.provisioner.telemetry.Machines.NOON;
import static io.nodeledger.provisioner.telemetry.Machines.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.telemetry.Details.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelemetryTableTest {
    private static final TelemetryDatabase DATABASE = new TelemetryDatabase(NOON);
    private static final Duration TURN = Duration.ofSeconds(20);

    @BeforeEach
    void empty() {
        DATABASE.now = NOON;
        DATABASE.jdbc
                .sql("truncate provisioner.telemetry_sample, provisioner.telemetry_latest, provisioner.region_turn")
                .update();
    }

    @Test
    void everySampleIsKeptAndTheLastOneIsAtHand() {
        var turns = DATABASE.turns("one");
        turns.claim("r", TURN);
        var table = DATABASE.table(turns);

        assertThat(table.write("r", List.of(sample(1, NOON, 0.25), sample(2, NOON, 0.5))))
                .isTrue();
        DATABASE.now = NOON.plusSeconds(15);
        assertThat(table.write("r", List.of(sample(1, NOON.plusSeconds(15), 0.75))))
                .isTrue();

        assertThat(DATABASE.rows("select cpu from provisioner.telemetry_sample order by node_id, sampled_at"))
                .extracting(row -> row.get("cpu"))
                .containsExactly(0.25f, 0.75f, 0.5f);
        assertThat(DATABASE.rows("select node_id, cpu, memory_used from provisioner.telemetry_latest order by node_id"))
                .containsExactly(
                        Map.of("node_id", nodeId(1), "cpu", 0.75f, "memory_used", 2 * GIB),
                        Map.of("node_id", nodeId(2), "cpu", 0.5f, "memory_used", 2 * GIB));
    }

    @Test
    void detailsStayUntilThereAreNewerOnes() {
        var turns = DATABASE.turns("one");
        turns.claim("r", TURN);
        var table = DATABASE.table(turns);
        var details = new Details(NOON, 23 * GIB, 100 * GIB, new Rates(150, 75), null);

        table.write("r", List.of(sample(1, NOON, details)));
        table.write("r", List.of(sample(1, NOON.plusSeconds(1), 0.1)));

        assertThat(DATABASE.rows("select storage_used, read_iops, packets_in from provisioner.telemetry_latest"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row).containsEntry("storage_used", 23 * GIB).containsEntry("read_iops", 150f);
                    assertThat(row.get("packets_in")).isNull();
                });
        assertThat(DATABASE.rows("select storage from provisioner.telemetry_sample order by sampled_at"))
                .extracting(row -> row.get("storage"))
                .containsExactly(0.23f, null);
    }

    @Test
    void whoeverWasOvertakenOrHeldUpWritesNothing() {
        var overtaken = DATABASE.turns("one");
        overtaken.claim("r", Duration.ZERO);
        var other = DATABASE.turns("other");
        assertThat(other.claim("r", TURN)).isTrue();

        assertThat(DATABASE.table(overtaken).write("r", List.of(sample(1, NOON, 0.1))))
                .isFalse();
        DATABASE.now = NOON.plus(TelemetryTable.OLDEST).plusMillis(1);
        assertThat(DATABASE.table(other).write("r", List.of(sample(1, NOON, 0.1))))
                .isFalse();

        assertThat(DATABASE.rows("select 1 from provisioner.telemetry_sample")).isEmpty();
        assertThat(DATABASE.rows("select 1 from provisioner.telemetry_latest")).isEmpty();
    }

    private static Sample sample(int number, Instant at, double cpu) {
        return new Sample(nodeId(number), at, 4, cpu, 2 * GIB, 8 * GIB, true, null, null, null);
    }

    private static Sample sample(int number, Instant at, Details details) {
        return new Sample(nodeId(number), at, 4, 0.1, 2 * GIB, 8 * GIB, true, 1_000.0, 500.0, details);
    }
}
