package io.nodeledger.command.capacity;

import io.nodeledger.events.catalogue.NodePlan;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows shortages from the samples that the provisioner takes of every host. They are read in the background, so that
 * no request waits for them. A region of which nothing recent is known counts as one with room.
 */
public final class SampledCapacity implements CapacityView, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SampledCapacity.class);
    private static final String SAMPLES =
            "SELECT region, free_cpu, free_memory_bytes, free_storage_bytes, sampled_at FROM provisioner.region_capacity";
    private static final String EXISTS = "SELECT to_regclass('provisioner.region_capacity') IS NOT NULL";

    private final JdbcClient sql;
    private final CapacitySettings settings;
    private final Clock clock;
    private volatile List<HostSample> samples = List.of();
    private volatile @Nullable ScheduledExecutorService refreshing;

    public SampledCapacity(JdbcClient sql, CapacitySettings settings, Clock clock) {
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Map<String, Instant> shortages(NodePlan plan) {
        Instant now = clock.instant();
        Instant trusted = now.minus(settings.trusted());
        var roomByRegion = new HashMap<String, Boolean>();
        for (HostSample sample : samples) {
            if (sample.sampledAt().isAfter(trusted)) {
                roomByRegion.merge(sample.region(), sample.fits(plan), Boolean::logicalOr);
            }
        }
        Instant again = now.plus(settings.retryAfter()).truncatedTo(ChronoUnit.SECONDS);
        var shortages = new HashMap<String, Instant>();
        roomByRegion.forEach((region, room) -> {
            if (!room) {
                shortages.put(region, again);
            }
        });
        return Map.copyOf(shortages);
    }

    /** Reads the samples now. */
    void refresh() {
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

    @Override
    public synchronized void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("capacity-", 0).daemon().factory());
        long millis = settings.refresh().toMillis();
        var _ = executor.scheduleWithFixedDelay(this::refresh, 0, millis, TimeUnit.MILLISECONDS);
        refreshing = executor;
    }

    @Override
    public synchronized void stop() {
        var executor = refreshing;
        if (executor != null) {
            executor.shutdownNow();
            refreshing = null;
        }
    }

    @Override
    public boolean isRunning() {
        return refreshing != null;
    }
}
