package io.nodeledger.provisioner.activity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How activities are executed, {@code nodeledger.activities.*}.
 *
 * @param concurrency steps that one instance works on at a time; each takes a virtual thread
 * @param pollingInterval how often due activities are looked for when no wake-up arrives
 * @param heartbeat how often an instance renews its leases; four missed ones end a lease
 * @param shutdownWait how long a stopping instance lets its running steps finish
 */
@ConfigurationProperties("nodeledger.activities")
public record ActivitySettings(
        @DefaultValue("256") int concurrency,
        @DefaultValue("250ms") Duration pollingInterval,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("3s") Duration shutdownWait) {}
