package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.proxmox.cluster.EveryRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.OutageLog;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Samples every region's machines while the application runs. Figures, Kubernetes' memory and details don't wait for each
 * other: whatever does not answer is missing, and nothing else.
 */
public final class Telemetry implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

    private final ProxmoxRegions regions;
    private final RegionTurns turns;
    private final TelemetrySettings settings;
    private final boolean soleInstance;
    private final Map<String, RegionSampler> samplers = new HashMap<>();
    private final OutageLog outages = new OutageLog(LOG);
    private final List<EveryRegion> looks = new ArrayList<>();
    private volatile boolean running;

    Telemetry(
            ProxmoxRegions regions,
            KubernetesRegions clusters,
            TelemetryTable table,
            RegionTurns turns,
            TelemetrySettings settings,
            InstantSource clock,
            boolean soleInstance) {
        this.regions = regions;
        this.turns = turns;
        this.settings = settings;
        this.soleInstance = soleInstance;
        regions.all()
                .forEach(region -> samplers.put(
                        region.id(),
                        new RegionSampler(region, clusters.of(region.id()), table, turns, settings, clock, outages)));
    }

    /** Something that a region is asked for. */
    @FunctionalInterface
    private interface Look {
        void at(RegionSampler region) throws InterruptedException;
    }

    @Override
    public void start() {
        if (soleInstance) {
            turns.releaseAll();
        }
        running = true;
        Duration pause = settings.sampleInterval();
        every("telemetry", pause, "The work of machines", RegionSampler::sample);
        every(
                "telemetry-details",
                RegionSampler.detailPause(settings),
                "The details of machines",
                RegionSampler::lookAtDetails);
    }

    private void every(String name, Duration pause, String what, Look look) {
        looks.add(EveryRegion.looking(regions, name, pause, pause, region -> take(region, what, look)));
    }

    private void take(ProxmoxRegion region, String what, Look look) {
        String described = what + " in region " + region.id();
        try {
            look.at(Objects.requireNonNull(samplers.get(region.id()), region.id()));
            outages.worked(described);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            // What is cut off by the end of this instance is no outage.
            if (running) {
                outages.failed(described, String.valueOf(failure.getMessage()));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        looks.forEach(EveryRegion::close);
        looks.clear();
        try {
            turns.release();
        } catch (DataAccessException unreachable) {
            LOG.debug("The turns of this instance end by themselves: {}", unreachable.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
