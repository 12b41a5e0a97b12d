package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.provisioner.proxmox.cluster.EveryRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private @Nullable EveryRegion looks;

    public CapacitySampler(ProxmoxRegions regions, RegionCapacity capacity, Duration every) {
        this.regions = regions;
        this.capacity = capacity;
        this.every = every;
    }

    @Override
    public void start() {
        running = true;
        looks = EveryRegion.looking(regions, "region-capacity", Duration.ZERO, every, this::sample);
    }

    /** An outage is told once, not every few seconds. */
    private void sample(ProxmoxRegion region) {
        try {
            capacity.sample(region);
            if (failing.remove(region.id())) {
                LOG.info("The room in region {} is being measured again", region.id());
            }
        } catch (RuntimeException e) {
            if (running && failing.add(region.id())) {
                LOG.warn("The room in region {} can't be measured: {}", region.id(), e.getMessage());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        if (looks != null) {
            looks.close();
            looks = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
