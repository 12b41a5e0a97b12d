package io.nodeledger.provisioner.duty;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.proxmox.cluster.EveryRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.OutageLog;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Looks at every region again and again, from its beginning to its end. A look that fails is told once and is no reason to
 * stop; what is cut off by the end is no outage.
 */
public final class RegionDuty {
    private static final Logger LOG = LoggerFactory.getLogger(RegionDuty.class);

    private final ProxmoxRegions regions;
    private final OutageLog outages;
    private final @Nullable RegionTurns turns;
    private final boolean soleInstance;
    private final List<EveryRegion> looks = new ArrayList<>();
    private volatile boolean running;

    private RegionDuty(ProxmoxRegions regions, OutageLog outages, @Nullable RegionTurns turns, boolean soleInstance) {
        this.regions = regions;
        this.outages = outages;
        this.turns = turns;
        this.soleInstance = soleInstance;
    }

    /**
     * A duty at which instances take turns: what is held at the end is given back.
     *
     * @param soleInstance whether turns that are held at the beginning are a dead instance's
     */
    public static RegionDuty inTurns(
            ProxmoxRegions regions, OutageLog outages, RegionTurns turns, boolean soleInstance) {
        return new RegionDuty(regions, outages, turns, soleInstance);
    }

    /** A duty whose turns, if it has any, are somebody else's to take. */
    public static RegionDuty alongside(ProxmoxRegions regions, OutageLog outages) {
        return new RegionDuty(regions, outages, null, false);
    }

    /** A look at a region. */
    @FunctionalInterface
    public interface Look {
        void at(ProxmoxRegion region) throws InterruptedException;
    }

    /** Something that may fail. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws InterruptedException;
    }

    /** Has to be before the first look. */
    public void begin() {
        if (turns != null && soleInstance) {
            turns.releaseAll();
        }
        running = true;
    }

    /**
     * Begins to look, after a first pause.
     *
     * @param name of the threads
     * @param what is observed, as the log names it before the region
     */
    public void every(String name, Duration pause, String what, Look look) {
        looks.add(EveryRegion.looking(
                regions,
                name,
                pause,
                pause,
                region -> attempt(what + " in region " + region.id(), () -> look.at(region))));
    }

    /** Does something and tells, once each, when it fails and when it works again. */
    public void attempt(String what, Attempt attempt) {
        try {
            attempt.run();
            outages.worked(what);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (KubernetesClientException silent) {
            failed(what, ClusterFaults.reason(silent));
        } catch (RuntimeException failure) {
            failed(what, String.valueOf(failure.getMessage()));
        }
    }

    private void failed(String what, String why) {
        if (running) {
            outages.failed(what, why);
        }
    }

    /** Breaks off what is under way, and lets other instances go on. */
    public void end() {
        running = false;
        looks.forEach(EveryRegion::close);
        looks.clear();
        try {
            if (turns != null) {
                turns.release();
            }
        } catch (DataAccessException unreachable) {
            LOG.debug("The turns of this instance end by themselves: {}", unreachable.getMessage());
        }
    }

    public boolean isRunning() {
        return running;
    }
}
