package io.nodeledger.webhook.relay;

import io.nodeledger.base.settings.SettingChecks;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events go to Kafka.
 *
 * @param segments parts into which the work is split at its very first start; as many instances can share it
 * @param batch events that are sent and acknowledged together at most
 * @param knownNodes nodes that each relay knows by heart at most, about 2 KiB each
 * @param checkEvery how often the topic is compared with what happened
 */
@ConfigurationProperties("nodeledger.relay")
public record RelaySettings(
        @DefaultValue("2") int segments,
        @DefaultValue("500") int batch,
        @DefaultValue("20000") int knownNodes,
        @DefaultValue("10m") Duration checkEvery) {

    private static final SettingChecks CHECKS = new SettingChecks("nodeledger.relay");

    public RelaySettings {
        CHECKS.positive("segments", segments, "for example 2");
        CHECKS.positive("batch", batch, "for example 500");
        CHECKS.positive("known-nodes", knownNodes, "for example 20000");
        CHECKS.positive("check-every", checkEvery, "for example 10m");
    }
}
