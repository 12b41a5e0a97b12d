package io.nodeledger.provisioner.observation;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.cluster.EveryRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.OutageLog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Observes every region's cluster while the application runs, each on one instance at a time. */
public final class ClusterObserver implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterObserver.class);

    private final ProxmoxRegions proxmox;
    private final ObservationTable table;
    private final ObservationSettings settings;
    private final InstantSource clock;
    private final boolean soleInstance;
    private final Map<String, RegionObserver> observers = new HashMap<>();
    private final OutageLog outages = new OutageLog(LOG);
    private volatile boolean running;
    private @Nullable EveryRegion looks;

    ClusterObserver(
            ProxmoxRegions proxmox,
            KubernetesRegions kubernetes,
            ObservationTable table,
            ObservationSettings settings,
            InstantSource clock,
            boolean soleInstance) {
        this.proxmox = proxmox;
        this.table = table;
        this.settings = settings;
        this.clock = clock;
        this.soleInstance = soleInstance;
        proxmox.all()
                .forEach(region -> observers.put(
                        region.id(),
                        new RegionObserver(
                                kubernetes.of(region.id()), table, settings, clock, () -> machineStarts(region))));
    }

    @Override
    public void start() {
        if (soleInstance) {
            table.releaseAll();
        }
        running = true;
        var pause = settings.observationInterval();
        looks = EveryRegion.looking(proxmox, "cluster-observer", pause, pause, this::look);
    }

    private void look(ProxmoxRegion region) {
        String what = "What Kubernetes in region " + region.id() + " says of its nodes";
        try {
            Objects.requireNonNull(observers.get(region.id()), region.id()).look();
            outages.worked(what);
        } catch (KubernetesClientException silent) {
            failed(what, ClusterFaults.reason(silent));
        } catch (RuntimeException failure) {
            failed(what, String.valueOf(failure.getMessage()));
        }
    }

    /** What is cut off by the end of this instance is no outage. */
    private void failed(String what, String why) {
        if (running) {
            outages.failed(what, why);
        }
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
        running = false;
        if (looks != null) {
            looks.close();
            looks = null;
        }
        try {
            table.release();
        } catch (DataAccessException unreachable) {
            LOG.debug("The turns of this instance end by themselves: {}", unreachable.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
