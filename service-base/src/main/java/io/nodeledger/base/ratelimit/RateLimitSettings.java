package io.nodeledger.base.ratelimit;

import io.nodeledger.base.settings.SettingChecks;
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
    private static final String REMEDY = "or nodeledger.rate-limit.enabled=false, which turns all limits off";

    public RateLimitSettings {
        var checks = new SettingChecks("nodeledger.rate-limit");
        checks.positive("window", window.toSeconds(), REMEDY);
        checks.positive("reads-per-caller", readsPerCaller, REMEDY);
        checks.positive("writes-per-caller", writesPerCaller, REMEDY);
        checks.positive("reads-per-workspace", readsPerWorkspace, REMEDY);
        checks.positive("writes-per-workspace", writesPerWorkspace, REMEDY);
        checks.positive("per-address", perAddress, REMEDY);
        checks.positive("synchronise", synchronise.toMillis(), REMEDY);
    }
}
