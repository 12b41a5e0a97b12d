package io.nodeledger.provisioner.telemetry;

import static io.nodeledger.provisioner.telemetry.Machines.GIB;
import static io.nodeledger.provisioner.telemetry.Machines.NOON;
import static io.nodeledger.provisioner.telemetry.Machines.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For the database it is noon of a day long ago; this JVM's clock is ahead of it by whatever today is. */
class TelemetryUpkeepTest {
    private final TelemetryDatabase database = TelemetryDatabase.withClock(NOON);
    private final TelemetryUpkeep upkeep = new TelemetryUpkeep(database.folding, database.partitions, database.jdbc);

    @BeforeEach
    void noonOfTheDatabase() {
        database.folding.begin(NOON.minus(Duration.ofHours(1)));
        var turns = database.turns("one");
        turns.claim("r", Duration.ofMinutes(1));
        database.table(turns).write("r", List.of(sample(NOON)));
    }

    @Test
    void aClockThatHasLeaptMakesNoPartitionsOfTheFuture() {
        upkeep.look();

        assertThat(
                        database.rows(
                                "select inhrelid::regclass::text as name from pg_inherits where inhparent in (select oid from pg_class where relkind = 'p') order by 1"))
                .extracting(row -> row.get("name"))
                .containsExactly(
                        "provisioner.telemetry_hour_20251218_00",
                        "provisioner.telemetry_hour_20260115_00",
                        "provisioner.telemetry_minute_20260105_00",
                        "provisioner.telemetry_minute_20260106_00",
                        "provisioner.telemetry_quarter_20260101_00",
                        "provisioner.telemetry_quarter_20260108_00",
                        "provisioner.telemetry_sample_20260105_12",
                        "provisioner.telemetry_sample_20260105_13");
    }

    @Test
    void aClockThatHasLeaptDropsNothingAndFoldsNothingEarly() {
        upkeep.look();

        assertThat(database.rows("select 1 from provisioner.telemetry_sample")).hasSize(1);
        assertThat(database.rows("select 1 from provisioner.telemetry_latest")).hasSize(1);
        assertThat(database.rows("select 1 from provisioner.telemetry_minute")).isEmpty();
    }

    @Test
    void whatIsOldByTheDatabasesClockIsFoldedAndGoes() {
        database.clockStandsAt(NOON.plus(Duration.ofDays(1)).plusSeconds(1));

        upkeep.look();

        assertThat(database.rows("select 1 from provisioner.telemetry_sample")).isEmpty();
        assertThat(database.rows("select 1 from provisioner.telemetry_latest")).isEmpty();
        assertThat(database.rows("select 1 from provisioner.telemetry_minute")).hasSize(1);
    }

    private static Sample sample(Instant at) {
        return new Sample(nodeId(1), at, 4, 0.5, 2 * GIB, 8 * GIB, true, null, null, null);
    }
}
