package io.nodeledger.provisioner.proxmox.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Whether each region's Proxmox cluster answers and its token may do all that is needed. It is looked at in the
 * background, from the start on; who asks for health gets what was seen last. Never prevents a start.
 */
public final class ProxmoxHealth implements HealthIndicator, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ProxmoxHealth.class);

    private final ProxmoxRegions regions;
    private final Duration every;
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private volatile boolean running;
    private @Nullable EveryRegion looks;

    /** @param every pause between two looks at a region */
    public ProxmoxHealth(ProxmoxRegions regions, Duration every) {
        this.regions = regions;
        this.every = every;
    }

    @Override
    public Health health() {
        var health = problems.keySet().containsAll(regions.ids()) ? Health.up() : Health.unknown();
        for (String region : regions.ids()) {
            String problem = problems.get(region);
            if (problem == null) {
                health.withDetail(region, "not looked at yet");
            } else if (problem.isEmpty()) {
                health.withDetail(region, "ok");
            } else {
                health.down().withDetail(region, problem);
            }
        }
        return health.build();
    }

    /** 1 while a region's cluster is as it should be, 0 while it is not; no number before the first look. */
    public double up(String region) {
        String problem = problems.get(region);
        return problem == null ? Double.NaN : problem.isEmpty() ? 1 : 0;
    }

    private void look(ProxmoxRegion region) {
        String problem = problem(region);
        if (!running) {
            return;
        }
        String before = problems.put(region.id(), problem);
        if (problem.equals(before)) {
            return;
        }
        if (!problem.isEmpty()) {
            LOG.warn("Proxmox in region {}: {}", region.id(), problem);
        } else if (before != null) {
            LOG.info("Proxmox in region {} is as it should be again", region.id());
        }
    }

    private static String problem(ProxmoxRegion region) {
        try {
            List<String> missing =
                    Privileges.missing(region.settings(), region.client().permissions());
            return missing.isEmpty()
                    ? ""
                    : "the token lacks " + String.join(", ", missing) + "; grant them with pveum acl modify";
        } catch (RuntimeException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    @Override
    public void start() {
        running = true;
        looks = EveryRegion.looking(regions, "proxmox-health", Duration.ZERO, every, this::look);
    }

    /** What an interrupted look ends in says nothing about its region. */
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
