package io.nodeledger.command.capacity;

import io.nodeledger.command.observed.BackgroundReading;
import io.nodeledger.events.catalogue.NodePlan;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows shortages from the samples that the provisioner takes of every host. They are read in the background, so that
 * no request waits for them. A region of which nothing recent is known counts as one with room.
 */
public final class SampledCapacity extends BackgroundReading implements CapacityView {
    private static final Logger log = LoggerFactory.getLogger(SampledCapacity.class);
    private static final String SAMPLES =
            "SELECT region, free_cpu, free_memory_bytes, free_storage_bytes, sampled_at FROM provisioner.region_capacity";
    private static final String EXISTS = "SELECT to_regclass('provisioner.region_capacity') IS NOT NULL";

    private final JdbcClient sql;
    private final CapacitySettings settings;
    private final ExpectedRoom expected;
    private final Clock clock;
    private volatile List<HostSample> samples = List.of();

    public SampledCapacity(JdbcClient sql, CapacitySettings settings, ExpectedRoom expected, Clock clock) {
        super("capacity", settings.refresh());
        this.sql = sql;
        this.settings = settings;
        this.expected = expected;
        this.clock = clock;
    }

    @Override
    public Map<String, Instant> shortages(NodePlan plan) {
        return shortages(plan, 1);
    }

    @Override
    public Map<String, Instant> shortages(NodePlan plan, int nodes) {
        Instant now = clock.instant();
        Instant trusted = now.minus(settings.trusted());
        var roomByRegion = new HashMap<String, Long>();
        for (HostSample sample : samples) {
            if (sample.sampledAt().isAfter(trusted)) {
                roomByRegion.merge(sample.region(), sample.machines(plan), Long::sum);
            }
        }
        var shortages = new HashMap<String, Instant>();
        roomByRegion.forEach((region, room) -> {
            if (room < nodes) {
                shortages.put(region, expected.onHosts(plan, region));
            }
        });
        return Map.copyOf(shortages);
    }

    /** Reads the samples now. */
    @Override
    protected void refresh() {
        try {
            samples = sql.sql(EXISTS).query(Boolean.class).single()
                    ? sql.sql(SAMPLES)
                            .query((row, number) -> new HostSample(
                                    row.getString(1),
                                    row.getDouble(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getObject(5, OffsetDateTime.class).toInstant()))
                            .list()
                    : List.of();
        } catch (DataAccessException outOfReach) {
            log.warn("Free capacity can't be read, the last samples count until they are too old", outOfReach);
        }
    }
}
