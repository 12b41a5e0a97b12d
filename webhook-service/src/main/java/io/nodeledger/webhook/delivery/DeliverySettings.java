package io.nodeledger.webhook.delivery;

import io.nodeledger.base.settings.SettingChecks;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are delivered, {@code nodeledger.webhooks.*}.
 *
 * @param allowInsecureTargets whether any http or https URL will do, for tests and closed networks
 * @param timeout of an attempt, from the connection to the answer's end
 * @param inFlight attempts to one endpoint at a time; those of one node are made one after the other
 * @param holdBack how long what fails holds back what happened to its node since, at least: longer if the endpoint accepts nothing
 * @param secretGrace how long a former secret signs too, once there is another one
 * @param disableAfter how long nothing was accepted until an endpoint is disabled
 * @param keptFor how long deliveries can be looked up and sent anew
 * @param poll how often what is due is looked for without being told
 */
@ConfigurationProperties("nodeledger.webhooks")
public record DeliverySettings(
        @DefaultValue("false") boolean allowInsecureTargets,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("8") int inFlight,
        @DefaultValue("30m") Duration holdBack,
        @DefaultValue("24h") Duration secretGrace,
        @DefaultValue("5d") Duration disableAfter,
        @DefaultValue("30d") Duration keptFor,
        @DefaultValue("1s") Duration poll) {

    private static final SettingChecks CHECKS = new SettingChecks("nodeledger.webhooks");

    public DeliverySettings {
        CHECKS.positive("timeout", timeout, "for example 15s");
        CHECKS.positive("in-flight", inFlight, "for example 8");
        CHECKS.positive("hold-back", holdBack, "for example 30m");
        CHECKS.positive("disable-after", disableAfter, "for example 5d");
        CHECKS.positive("kept-for", keptFor, "for example 30d");
        CHECKS.positive("poll", poll, "for example 1s");
    }

    /** How long an endpoint is one instance's own without a sign of life: longer than what it may wait for an answer. */
    Duration lease() {
        return timeout.plusSeconds(15);
    }
}
