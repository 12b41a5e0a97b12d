package io.nodeledger.provisioner.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.nodeledger.base.metrics.Age;
import io.nodeledger.base.metrics.Figures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of the regions that the settings name: how fresh it is, what room is left, what differs. */
final class RegionFigures implements Figures {
    private static final String REGION = "region";

    private static final String AGES = """
            select region, 'machines', listed_at from provisioner.reconciled_region
            union all select region, 'reconciliation', passed_at from provisioner.reconciled_region
            union all select region, 'cluster', observed_at from provisioner.observed_cluster
            union all select region, 'pods', pods_observed_at from provisioner.observed_cluster
            union all select region, 'room', min(sampled_at) from provisioner.region_capacity group by region""";

    private static final String CLUSTERS = "select region, observed_at from provisioner.observed_cluster";

    /** Its kubelets renew their leases every ten seconds, and a silent cluster is asked soon. */
    private static final Duration SHORTEST_SILENCE = Duration.ofMinutes(1);

    private static final int SILENT_LOOKS = 3;
    private static final int SILENCES_UNTIL_FIRST_SEEN = 3;

    /** Hosts may share one storage, and then each shows all of it. */
    private static final String ROOM = """
            select region, sum(free_cpu), sum(free_memory_bytes), max(free_storage_bytes)
              from provisioner.region_capacity group by region""";

    private static final String BREAKERS = """
            select region, breaker_reason is not null, held_back from provisioner.reconciled_region""";

    private static final String DRIFT = """
            select region, kind, count(*) from provisioner.drift
             where action <> 'repaired' and (confirmed or action <> 'none') group by region, kind""";

    private final JdbcClient jdbc;
    private final Set<String> regions;
    private final Duration silence;
    private final InstantSource clock;
    private final Instant begunAt;
    private final MultiGauge ages;
    private final MultiGauge up;
    private final MultiGauge room;
    private final MultiGauge breakers;
    private final MultiGauge heldBack;
    private final MultiGauge drift;

    /**
     * Figures that nobody has read.
     *
     * @param regions those of the settings; the tables may know others that are gone
     * @param observationInterval how often what is known of a cluster is written
     */
    RegionFigures(
            JdbcClient jdbc,
            Set<String> regions,
            Duration observationInterval,
            InstantSource clock,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.regions = regions;
        Duration looks = observationInterval.multipliedBy(SILENT_LOOKS);
        this.silence = looks.compareTo(SHORTEST_SILENCE) > 0 ? looks : SHORTEST_SILENCE;
        this.clock = clock;
        this.begunAt = clock.instant();
        this.ages = MultiGauge.builder("nodeledger.region.observation.age.seconds")
                .description("How old what is known of a region is")
                .register(meters);
        this.up = MultiGauge.builder("nodeledger.provider.up")
                .description("Whether a region's provider answers as it should: 1 or 0")
                .tag("provider", "kubernetes")
                .register(meters);
        this.room = MultiGauge.builder("nodeledger.region.room")
                .description("Room for new machines: virtual CPUs, or bytes of memory and storage")
                .register(meters);
        this.breakers = MultiGauge.builder("nodeledger.region.breaker.open")
                .description("Whether a region's breaker holds changes back: 1 or 0")
                .register(meters);
        this.heldBack = MultiGauge.builder("nodeledger.region.held.back")
                .description("Changes that a region's breaker holds back")
                .register(meters);
        this.drift = MultiGauge.builder("nodeledger.drift")
                .description("Differences between the events and a region, by kind")
                .register(meters);
    }

    private record Cell(Tags labels, double value) {}

    @Override
    public void read() {
        Instant now = clock.instant();
        replace(ages, cells(AGES, row -> {
            @Nullable Instant at = Age.optionalMoment(row, 3);
            return at == null ? List.of() : List.of(new Cell(Tags.of("what", row.getString(2)), Age.seconds(at, now)));
        }));
        replace(up, clusters(now));
        replace(
                room,
                cells(
                        ROOM,
                        row -> List.of(
                                new Cell(Tags.of("resource", "cpu"), row.getDouble(2)),
                                new Cell(Tags.of("resource", "memory"), row.getDouble(3)),
                                new Cell(Tags.of("resource", "storage"), row.getDouble(4)))));
        var changes = new ArrayList<Cell>();
        replace(breakers, cells(BREAKERS, row -> {
            changes.add(new Cell(Tags.of(REGION, row.getString(1)), row.getInt(3)));
            return List.of(new Cell(Tags.empty(), row.getBoolean(2) ? 1 : 0));
        }));
        replace(heldBack, changes);
        replace(drift, cells(DRIFT, row -> List.of(new Cell(Tags.of("kind", row.getString(2)), row.getLong(3)))));
    }

    /** One that was never seen is down, too, once there was time enough to see it. */
    private List<Cell> clusters(Instant now) {
        var unseen = new TreeSet<>(regions);
        List<Cell> found = cells(CLUSTERS, row -> {
            @Nullable Instant at = Age.optionalMoment(row, 2);
            if (at == null) {
                return List.of();
            }
            unseen.remove(row.getString(1));
            return List.of(new Cell(Tags.empty(), at.isAfter(now.minus(silence)) ? 1 : 0));
        });
        if (!now.isBefore(begunAt.plus(silence.multipliedBy(SILENCES_UNTIL_FIRST_SEEN)))) {
            unseen.forEach(region -> found.add(new Cell(Tags.of(REGION, region), 0)));
        }
        return found;
    }

    @FunctionalInterface
    private interface Reader {
        List<Cell> read(ResultSet row) throws SQLException;
    }

    private List<Cell> cells(String query, Reader reader) {
        var found = new ArrayList<Cell>();
        jdbc.sql(query).query(row -> {
            String region = row.getString(1);
            if (regions.contains(region)) {
                reader.read(row)
                        .forEach(cell -> found.add(new Cell(cell.labels().and(REGION, region), cell.value())));
            }
        });
        return found;
    }

    private static void replace(MultiGauge gauge, List<Cell> cells) {
        var rows = new ArrayList<Row<?>>();
        cells.forEach(cell -> rows.add(Row.of(cell.labels(), cell.value())));
        gauge.register(rows, true);
    }
}
