package io.nodeledger.base.ratelimit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much may be asked, {@code nodeledger.rate-limit.*}. A caller who pauses gathers up to a whole window's requests.
 *
 * @param enabled whether anything is counted at all
 * @param window the time to which the numbers below apply, in whole seconds
 * @param readsPerCaller GET, HEAD and OPTIONS of one token subject
 * @param writesPerCaller everything else of one token subject
 * @param readsPerWorkspace the same of all callers of a workspace together
 * @param writesPerWorkspace the same of all callers of a workspace together
 * @param perAddress requests without a valid token from one address
 * @param synchronise how often instances tell each other, through the database, what they have let pass
 */
@ConfigurationProperties("nodeledger.rate-limit")
public record RateLimitSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("60s") Duration window,
        @DefaultValue("6000") long readsPerCaller,
        @DefaultValue("600") long writesPerCaller,
        @DefaultValue("30000") long readsPerWorkspace,
        @DefaultValue("3000") long writesPerWorkspace,
        @DefaultValue("1200") long perAddress,
        @DefaultValue("1s") Duration synchronise) {

    public RateLimitSettings {
        requirePositive("window", window.toSeconds());
        requirePositive("reads-per-caller", readsPerCaller);
        requirePositive("writes-per-caller", writesPerCaller);
        requirePositive("reads-per-workspace", readsPerWorkspace);
        requirePositive("writes-per-workspace", writesPerWorkspace);
        requirePositive("per-address", perAddress);
        requirePositive("synchronise", synchronise.toMillis());
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("nodeledger.rate-limit." + name + " must be positive, but is " + value
                    + "; nodeledger.rate-limit.enabled=false turns all limits off");
        }
    }
}
