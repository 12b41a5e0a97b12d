package io.nodeledger.provisioner.observation.event;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.proxmox.cluster.EveryRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final ProxmoxRegions proxmox;
    private final Map<String, RegionEvents> regions;
    private final ExpiredEvents expired;
    private final Duration pause;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private @Nullable EveryRegion looks;
    private @Nullable ScheduledExecutorService removals;

    /** @param pause between two looks at what a cluster has told */
    EventObserver(ProxmoxRegions proxmox, Map<String, RegionEvents> regions, ExpiredEvents expired, Duration pause) {
        this.proxmox = proxmox;
        this.regions = regions;
        this.expired = expired;
        this.pause = pause;
    }

    @Override
    public void start() {
        running = true;
        looks = EveryRegion.looking(proxmox, "event-observer", pause, pause, this::look);
        var removing = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("expired-events").factory());
        long millis = REMOVE_EVERY.toMillis();
        var _ = removing.scheduleWithFixedDelay(this::removeOld, millis, millis, TimeUnit.MILLISECONDS);
        removals = removing;
    }

    /** An outage is told once, not every few seconds. */
    private void look(ProxmoxRegion region) {
        try {
            Objects.requireNonNull(regions.get(region.id()), region.id()).look();
            if (failing.remove(region.id())) {
                LOG.info("The Kubernetes events in region {} are being followed again", region.id());
            }
        } catch (KubernetesClientException silent) {
            warn(region.id(), ClusterFaults.reason(silent));
        } catch (RuntimeException failure) {
            warn(region.id(), String.valueOf(failure.getMessage()));
        }
    }

    private void warn(String region, String why) {
        if (running && failing.add(region)) {
            LOG.warn("The Kubernetes events in region {} can't be followed: {}", region, why);
        }
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
        running = false;
        if (looks != null) {
            looks.close();
            looks = null;
        }
        if (removals != null) {
            removals.shutdownNow();
            removals = null;
        }
        regions.values().forEach(RegionEvents::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
