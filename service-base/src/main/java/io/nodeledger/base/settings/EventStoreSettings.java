package io.nodeledger.base.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the event store reads, snapshots, caches, retries and wakes.
 *
 * @param gapTimeout age at which a hole in the global order counts as never to be filled
 * @param readBatch events that one read of a stream or of the global order fetches at most
 * @param snapshotEvery events of one aggregate between two snapshots
 * @param cachedAggregates aggregates of one type that are kept in memory
 * @param conflictRetries times that a command is tried again after losing against another instance
 * @param conflictBackoff pause before the first of these; doubles each time
 * @param poll interval at which readers look for events although nobody woke them
 */
@ConfigurationProperties("nodeledger.eventstore")
public record EventStoreSettings(
        @DefaultValue("60s") Duration gapTimeout,
        @DefaultValue("1000") int readBatch,
        @DefaultValue("200") int snapshotEvery,
        @DefaultValue("10000") int cachedAggregates,
        @DefaultValue("8") int conflictRetries,
        @DefaultValue("5ms") Duration conflictBackoff,
        @DefaultValue("1s") Duration poll) {

    public EventStoreSettings {
        var checks = new SettingChecks("nodeledger.eventstore");
        checks.positive("gap-timeout", gapTimeout.toMillis(), "for example 60s");
        checks.positive("read-batch", readBatch, "for example 1000");
        checks.positive("snapshot-every", snapshotEvery, "for example 200");
        checks.positive("cached-aggregates", cachedAggregates, "for example 10000");
        checks.positive("conflict-retries", conflictRetries, "for example 8");
        checks.positive("conflict-backoff", conflictBackoff.toMillis(), "for example 5ms");
        checks.positive("poll", poll.toMillis(), "for example 1s");
    }

    /** Refuses a transaction time-out that would let a slow commit be skipped for ever. */
    public void requireLongerThan(Duration transactionTimeout) {
        if (gapTimeout.compareTo(transactionTimeout.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("nodeledger.eventstore.gap-timeout (" + gapTimeout
                    + ") must be at least twice nodeledger.datasource.transaction-timeout (" + transactionTimeout
                    + "): raise the first or lower the second");
        }
    }
}
