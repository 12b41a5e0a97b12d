package io.nodeledger.provisioner.charging;

import io.nodeledger.events.workspace.AfterGrace;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When workspaces are charged and what becomes of those that can't pay, {@code nodeledger.credits.*}.
 *
 * @param chargeAfter how long after a day's end in UTC its cost is charged, so that what happened just before it is known
 * @param checkInterval pause between two looks at whether a day is due, or a node to be stopped
 * @param grace how long the nodes of a workspace whose credits have run out may do as before
 * @param afterGrace what is done then
 * @param drainTimeout how long moving workloads away from a node may take that is stopped then
 */
@ConfigurationProperties("nodeledger.credits")
public record ChargingSettings(
        @DefaultValue("10m") Duration chargeAfter,
        @DefaultValue("1m") Duration checkInterval,
        @DefaultValue("72h") Duration grace,
        @DefaultValue("keep") AfterGrace afterGrace,
        @DefaultValue("5m") Duration drainTimeout) {
    private static final Duration LATEST_CHARGE = Duration.ofHours(12);
    private static final Duration LONGEST_GRACE = Duration.ofDays(3660);
    private static final Duration LONGEST_DRAIN = Duration.ofHours(1);

    public ChargingSettings {
        within("charge-after", chargeAfter, Duration.ZERO, LATEST_CHARGE, "10m");
        within("check-interval", checkInterval, Duration.ofMillis(100), Duration.ofHours(1), "1m");
        within("grace", grace, Duration.ZERO, LONGEST_GRACE, "72h");
        within("drain-timeout", drainTimeout, Duration.ZERO, LONGEST_DRAIN, "5m");
    }

    private static void within(String key, Duration value, Duration least, Duration most, String example) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("nodeledger.credits.%s must be from %s to %s, for example %s, but is %s"
                    .formatted(key, least, most, example, value));
        }
    }

    /** How long charging is one instance's own without a sign of life. */
    Duration turn() {
        return Duration.ofMinutes(1).plus(checkInterval);
    }
}
