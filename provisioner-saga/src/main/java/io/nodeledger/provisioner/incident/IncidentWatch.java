package io.nodeledger.provisioner.incident;

import io.nodeledger.base.settings.ThresholdSettings;
import io.nodeledger.provisioner.incident.HealthCheck.News;
import io.nodeledger.provisioner.proxmox.cluster.EveryRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.OutageLog;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Checks the health of every region's nodes while the application runs, each region on one instance at a time. */
public final class IncidentWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentWatch.class);

    private final ProxmoxRegions regions;
    private final VitalSigns signs;
    private final IncidentReporter reporter;
    private final RegionTurns turns;
    private final HealthCheckSettings settings;
    private final InstantSource clock;
    private final boolean soleInstance;
    private final Map<String, HealthCheck> checks = new HashMap<>();
    private final OutageLog outages = new OutageLog(LOG);
    private volatile boolean running;
    private @Nullable EveryRegion looks;

    IncidentWatch(
            ProxmoxRegions regions,
            VitalSigns signs,
            IncidentReporter reporter,
            RegionTurns turns,
            HealthCheckSettings settings,
            ThresholdSettings thresholds,
            InstantSource clock,
            boolean soleInstance) {
        this.regions = regions;
        this.signs = signs;
        this.reporter = reporter;
        this.turns = turns;
        this.settings = settings;
        this.clock = clock;
        this.soleInstance = soleInstance;
        regions.ids().forEach(region -> checks.put(region, new HealthCheck(settings, thresholds)));
    }

    @Override
    public void start() {
        if (soleInstance) {
            turns.releaseAll();
        }
        running = true;
        var pause = settings.checkInterval();
        looks = EveryRegion.looking(regions, "incident-watch", pause, pause, this::look);
    }

    private void look(ProxmoxRegion region) {
        String what = "The health of nodes in region " + region.id();
        try {
            check(region.id());
            outages.worked(what);
        } catch (RuntimeException failure) {
            // What is cut off by the end of this instance is no outage.
            if (running) {
                outages.failed(what, String.valueOf(failure.getMessage()));
            }
        }
    }

    private void check(String region) {
        HealthCheck check = Objects.requireNonNull(checks.get(region), region);
        if (!turns.claim(region, settings.turn())) {
            check.forget();
            return;
        }
        Instant begun = clock.instant();
        for (News news : check.of(signs.in(region), begun)) {
            if (Duration.between(begun, clock.instant()).compareTo(settings.longestTelling()) > 0) {
                // What was seen is getting old; the next check sees anew and goes on.
                return;
            }
            tell(region, news);
        }
    }

    /** A node that can't be told keeps no other from its news. */
    private void tell(String region, News news) {
        String what = "The health of " + news.nodeId() + " in region " + region;
        try {
            reporter.tell(news);
            outages.worked(what);
        } catch (RuntimeException failure) {
            if (running) {
                outages.failed(what, String.valueOf(failure.getMessage()));
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
