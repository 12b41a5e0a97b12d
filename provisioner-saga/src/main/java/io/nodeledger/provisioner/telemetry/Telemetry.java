package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.duty.RegionDuty;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.OutageLog;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Samples every region's machines while the application runs. Figures, Kubernetes' memory and details don't wait for each
 * other: whatever does not answer is missing, and nothing else.
 */
public final class Telemetry implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

    private final TelemetrySettings settings;
    private final Map<String, RegionSampler> samplers = new HashMap<>();
    private final RegionDuty duty;

    Telemetry(
            ProxmoxRegions regions,
            KubernetesRegions clusters,
            TelemetryTable table,
            RegionTurns turns,
            TelemetrySettings settings,
            InstantSource clock,
            boolean soleInstance) {
        this.settings = settings;
        var outages = new OutageLog(LOG);
        this.duty = RegionDuty.inTurns(regions, outages, turns, soleInstance);
        regions.all()
                .forEach(region -> samplers.put(
                        region.id(),
                        new RegionSampler(region, clusters.of(region.id()), table, turns, settings, clock, outages)));
    }

    @Override
    public void start() {
        duty.begin();
        duty.every(
                "telemetry",
                settings.sampleInterval(),
                "The work of machines",
                region -> of(region).sample());
        duty.every(
                "telemetry-details",
                RegionSampler.detailPause(settings),
                "The details of machines",
                region -> of(region).lookAtDetails());
    }

    private RegionSampler of(ProxmoxRegion region) {
        return Objects.requireNonNull(samplers.get(region.id()), region.id());
    }

    @Override
    public void stop() {
        duty.end();
    }

    @Override
    public boolean isRunning() {
        return duty.isRunning();
    }
}
