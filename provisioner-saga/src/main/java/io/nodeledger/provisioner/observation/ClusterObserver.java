package io.nodeledger.provisioner.observation;

import io.nodeledger.provisioner.duty.RegionDuty;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.OutageLog;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Observes every region's cluster while the application runs, each on one instance at a time. */
public final class ClusterObserver implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterObserver.class);

    private final ObservationSettings settings;
    private final InstantSource clock;
    private final Map<String, RegionObserver> observers = new HashMap<>();
    private final RegionDuty duty;

    ClusterObserver(
            ProxmoxRegions proxmox,
            KubernetesRegions kubernetes,
            ObservationTable table,
            RegionTurns turns,
            ObservationSettings settings,
            InstantSource clock,
            boolean soleInstance) {
        this.settings = settings;
        this.clock = clock;
        this.duty = RegionDuty.inTurns(proxmox, new OutageLog(LOG), turns, soleInstance);
        proxmox.all()
                .forEach(region -> observers.put(
                        region.id(),
                        new RegionObserver(
                                kubernetes.of(region.id()),
                                table,
                                turns,
                                settings,
                                clock,
                                () -> machineStarts(region))));
    }

    @Override
    public void start() {
        duty.begin();
        duty.every(
                "cluster-observer",
                settings.observationInterval(),
                "What Kubernetes says of its nodes",
                region -> Objects.requireNonNull(observers.get(region.id()), region.id())
                        .look());
    }

    /** Without an answer the times at which boots are noticed have to do. */
    private Map<Integer, Instant> machineStarts(ProxmoxRegion region) {
        var starts = new HashMap<Integer, Instant>();
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            region.client().listing().machines().stream()
                    .filter(machine -> machine.uptimeSeconds() > 0)
                    .forEach(machine -> starts.put(machine.vmId(), now.minusSeconds(machine.uptimeSeconds())));
        } catch (ProxmoxFailure failure) {
            LOG.debug(
                    "Proxmox in region {} does not tell when machines were started: {}",
                    region.id(),
                    failure.getMessage());
        }
        return starts;
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
