package io.nodeledger.provisioner.activity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How activities are executed, {@code nodeledger.activities.*}.
 *
 * @param concurrency steps that one instance works on at a time; each takes a virtual thread
 * @param perProcessor how many of them compute at a time for each processor; those that wait for a provider don't count
 * @param pollingInterval how often due activities are looked for when no wake-up arrives
 * @param heartbeat how often an instance renews its leases; four missed ones end a lease
 * @param shutdownWait how long a stopping instance lets its running steps finish
 * @param stalledAfter how long nobody may be working on an operation, and nothing happen to it, before it counts as stalled
 */
@ConfigurationProperties("nodeledger.activities")
public record ActivitySettings(
        @DefaultValue("256") int concurrency,
        @DefaultValue("4") int perProcessor,
        @DefaultValue("250ms") Duration pollingInterval,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("3s") Duration shutdownWait,
        @DefaultValue("60s") Duration stalledAfter) {
    /** With four of them a lease outlasts every call to a provider, the longest of which takes 12 s. */
    public static final Duration SHORTEST_HEARTBEAT = Duration.ofSeconds(4);

    public ActivitySettings {
        if (concurrency < 1) {
            throw new IllegalArgumentException(
                    "nodeledger.activities.concurrency must be at least 1, but is " + concurrency);
        }
        if (perProcessor < 1) {
            throw new IllegalArgumentException(
                    "nodeledger.activities.per-processor must be at least 1, but is " + perProcessor);
        }
        if (pollingInterval.toMillis() < 10) {
            throw new IllegalArgumentException(
                    "nodeledger.activities.polling-interval must be at least 10ms, for example 250ms, but is "
                            + pollingInterval);
        }
        if (heartbeat.compareTo(SHORTEST_HEARTBEAT) < 0) {
            throw new IllegalArgumentException("nodeledger.activities.heartbeat must be at least 4s, but is "
                    + heartbeat + ": four of them are a lease, which has to outlast the longest call to a provider");
        }
        if (shutdownWait.isNegative()) {
            throw new IllegalArgumentException(
                    "nodeledger.activities.shutdown-wait must not be negative, for example 3s, but is " + shutdownWait);
        }
        if (stalledAfter.toMillis() < 1000) {
            throw new IllegalArgumentException(
                    "nodeledger.activities.stalled-after must be at least 1s, for example 60s, but is " + stalledAfter);
        }
    }
}
