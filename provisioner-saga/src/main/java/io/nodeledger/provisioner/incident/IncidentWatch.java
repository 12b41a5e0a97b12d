package io.nodeledger.provisioner.incident;

import io.nodeledger.base.settings.ThresholdSettings;
import io.nodeledger.provisioner.duty.RegionDuty;
import io.nodeledger.provisioner.incident.HealthCheck.News;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.OutageLog;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Checks the health of every region's nodes while the application runs, each region on one instance at a time. */
public final class IncidentWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentWatch.class);

    private final VitalSigns signs;
    private final IncidentReporter reporter;
    private final RegionTurns turns;
    private final HealthCheckSettings settings;
    private final InstantSource clock;
    private final Map<String, HealthCheck> checks = new HashMap<>();
    private final RegionDuty duty;

    IncidentWatch(
            ProxmoxRegions regions,
            VitalSigns signs,
            IncidentReporter reporter,
            RegionTurns turns,
            HealthCheckSettings settings,
            ThresholdSettings thresholds,
            InstantSource clock,
            boolean soleInstance) {
        this.signs = signs;
        this.reporter = reporter;
        this.turns = turns;
        this.settings = settings;
        this.clock = clock;
        this.duty = RegionDuty.inTurns(regions, new OutageLog(LOG), turns, soleInstance);
        regions.ids().forEach(region -> checks.put(region, new HealthCheck(settings, thresholds)));
    }

    @Override
    public void start() {
        duty.begin();
        duty.every("incident-watch", settings.checkInterval(), "The health of nodes", region -> check(region.id()));
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
        duty.attempt("The health of " + news.nodeId() + " in region " + region, () -> reporter.tell(news));
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
