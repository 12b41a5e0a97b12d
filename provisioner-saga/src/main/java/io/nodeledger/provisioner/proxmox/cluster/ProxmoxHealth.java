package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Whether each region's Proxmox cluster answers and its token may do all that is needed. Looked at once at the start,
 * in the background, and again when health is asked for and the last look is old; never prevents a start.
 */
public final class ProxmoxHealth implements HealthIndicator, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ProxmoxHealth.class);
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final ProxmoxRegions regions;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private volatile boolean running;

    public ProxmoxHealth(ProxmoxRegions regions) {
        this.regions = regions;
    }

    private record Look(Instant at, String problem) {}

    @Override
    public Health health() {
        var health = Health.up();
        for (ProxmoxRegion region : regions.all()) {
            Look look = fresh(region);
            health.withDetail(region.id(), look.problem().isEmpty() ? "ok" : look.problem());
            if (!look.problem().isEmpty()) {
                health.down();
            }
        }
        return health.build();
    }

    private Look fresh(ProxmoxRegion region) {
        return looks.compute(
                region.id(),
                (id, last) -> last != null && last.at().plus(FRESH).isAfter(Instant.now()) ? last : look(region, last));
    }

    private static Look look(ProxmoxRegion region, Look last) {
        String problem = problem(region);
        if (!problem.isEmpty() && (last == null || !last.problem().equals(problem))) {
            LOG.warn("Proxmox in region {}: {}", region.id(), problem);
        }
        return new Look(Instant.now(), problem);
    }

    private static String problem(ProxmoxRegion region) {
        try {
            List<String> missing =
                    Privileges.missing(region.settings(), region.client().permissions());
            return missing.isEmpty()
                    ? ""
                    : "the token lacks " + String.join(", ", missing) + "; grant them with pveum acl modify";
        } catch (ProxmoxFailure failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("proxmox-privileges").start(() -> regions.all().forEach(this::fresh));
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
