package io.nodeledger.provisioner.observation.event;

import io.nodeledger.provisioner.duty.RegionDuty;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.OutageLog;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the events of every region's nodes while the application runs, and removes old ones. Apart from the observation
 * of the nodes themselves, so that a cluster that does not show its events is observed all the same.
 */
public final class EventObserver implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(EventObserver.class);
    private static final Duration REMOVE_EVERY = Duration.ofMinutes(10);

    private final Map<String, RegionEvents> regions;
    private final ExpiredEvents expired;
    private final Duration pause;
    private final RegionDuty duty;
    private @Nullable ScheduledExecutorService removals;

    /** @param pause between two looks at what a cluster has told */
    EventObserver(ProxmoxRegions proxmox, Map<String, RegionEvents> regions, ExpiredEvents expired, Duration pause) {
        this.duty = RegionDuty.alongside(proxmox, new OutageLog(LOG));
        this.regions = regions;
        this.expired = expired;
        this.pause = pause;
    }

    @Override
    public void start() {
        duty.begin();
        duty.every(
                "event-observer",
                pause,
                "What Kubernetes tells of its nodes",
                region -> Objects.requireNonNull(regions.get(region.id()), region.id())
                        .look());
        var removing = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("expired-events").factory());
        long millis = REMOVE_EVERY.toMillis();
        var _ = removing.scheduleWithFixedDelay(this::removeOld, millis, millis, TimeUnit.MILLISECONDS);
        removals = removing;
    }

    private void removeOld() {
        try {
            LOG.debug("Removed {} events that are older than is kept", expired.remove());
        } catch (RuntimeException failure) {
            LOG.warn("Old events can't be removed now, the next round will: {}", failure.getMessage());
        }
    }

    @Override
    public void stop() {
        duty.end();
        if (removals != null) {
            removals.shutdownNow();
            removals = null;
        }
        regions.values().forEach(RegionEvents::close);
    }

    @Override
    public boolean isRunning() {
        return duty.isRunning();
    }
}
