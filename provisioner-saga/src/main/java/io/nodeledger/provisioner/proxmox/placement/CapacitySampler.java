package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Measures every region's room again and again while the application runs. */
public final class CapacitySampler implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CapacitySampler.class);

    private final ProxmoxRegions regions;
    private final RegionCapacity capacity;
    private final Duration every;
    private final Set<String> failing = new HashSet<>();
    private volatile @Nullable ScheduledExecutorService executor;
    private volatile @Nullable ScheduledFuture<?> sampling;

    public CapacitySampler(ProxmoxRegions regions, RegionCapacity capacity, Duration every) {
        this.regions = regions;
        this.capacity = capacity;
        this.every = every;
    }

    @Override
    public void start() {
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("region-capacity").factory());
        sampling = started.scheduleWithFixedDelay(this::sampleAll, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        executor = started;
    }

    private void sampleAll() {
        regions.all().forEach(this::sample);
    }

    /** An outage is told once, not every few seconds. */
    private void sample(ProxmoxRegion region) {
        try {
            capacity.sample(region);
            if (failing.remove(region.id())) {
                LOG.info("The room in region {} is being measured again", region.id());
            }
        } catch (RuntimeException e) {
            if (failing.add(region.id())) {
                LOG.warn("The room in region {} can't be measured: {}", region.id(), e.getMessage());
            }
        }
    }

    @Override
    public void stop() {
        ScheduledFuture<?> last = sampling;
        ScheduledExecutorService stopping = executor;
        if (last != null && stopping != null) {
            last.cancel(true);
            stopping.shutdownNow();
            executor = null;
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }
}
