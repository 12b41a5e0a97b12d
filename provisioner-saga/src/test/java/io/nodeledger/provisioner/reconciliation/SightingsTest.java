package io.nodeledger.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.region.ProvisionerSchema;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SightingsTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T10:00:00Z");
    private static final JdbcClient JDBC =
            JdbcClient.create(ProvisionerSchema.newDatabase().keptConnections());
    private final Sightings sightings = new Sightings(JDBC);

    @BeforeEach
    void empty() {
        JDBC.sql("truncate provisioner.machine_sighting, provisioner.reconciled_region")
                .update();
        new RegionStates(JDBC).begin("r");
    }

    @Test
    void a_machine_in_the_last_listing_was_seen_then() {
        sightings.seen("r", List.of(100, 101), FIRST);
        sightings.seen("r", List.of(100, 101), FIRST.plusSeconds(30));

        assertThat(sightings.lastOf("r", 100)).hasValue(FIRST.plusSeconds(30));
        assertThat(sightings.lastOf("r", 999)).isEmpty();
    }

    @Test
    void a_machine_that_left_was_seen_by_the_last_listing_that_had_it() {
        sightings.seen("r", List.of(100, 101), FIRST);
        sightings.seen("r", List.of(101), FIRST.plusSeconds(30));
        sightings.seen("r", List.of(101), FIRST.plusSeconds(60));
        assertThat(sightings.lastOf("r", 100)).hasValue(FIRST);

        sightings.seen("r", List.of(100, 101), FIRST.plusSeconds(90));

        assertThat(sightings.lastOf("r", 100)).hasValue(FIRST.plusSeconds(90));
    }

    @Test
    void ten_thousand_machines_that_stay_are_written_once() {
        var all = IntStream.range(0, 10_000).boxed().toList();
        sightings.seen("r", all, FIRST);
        String written = versions();

        sightings.seen("r", all, FIRST.plusSeconds(30));

        assertThat(versions()).isEqualTo(written);
    }

    @Test
    void what_was_not_seen_for_a_month_is_forgotten() {
        sightings.seen("r", List.of(100, 101), FIRST);
        sightings.seen("r", List.of(101), FIRST.plusSeconds(30));
        sightings.seen("r", List.of(101), FIRST.plusSeconds(31L * 24 * 3600));

        assertThat(sightings.lastOf("r", 100)).isEmpty();
    }

    /** Which transactions have touched the rows. */
    private static String versions() {
        return JDBC.sql(
                        "select string_agg(distinct xmin::text || '/' || xmax::text, ',') from provisioner.machine_sighting")
                .query(String.class)
                .single();
    }
}
