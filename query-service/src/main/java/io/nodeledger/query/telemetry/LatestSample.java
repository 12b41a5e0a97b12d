package io.nodeledger.query.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node's last sample, if that is fresh. What has no source, or none that is fresh, is null.
 *
 * @param cores virtual CPUs
 * @param cpu share of all of them, 0 to 1
 * @param memoryUsed bytes
 * @param memoryTotal bytes
 * @param networkIn bytes per second
 * @param networkOut bytes per second
 * @param storageUsed bytes
 * @param storageTotal bytes
 * @param packetsIn per second
 * @param packetsOut per second
 * @param bootedAt when its operating system began to run; null in lists
 */
public record LatestSample(
        String nodeId,
        Instant at,
        double cores,
        double cpu,
        long memoryUsed,
        long memoryTotal,
        @Nullable Double networkIn,
        @Nullable Double networkOut,
        @Nullable Long storageUsed,
        @Nullable Long storageTotal,
        @Nullable Double readIops,
        @Nullable Double writeIops,
        @Nullable Double packetsIn,
        @Nullable Double packetsOut,
        @Nullable Instant bootedAt) {

    /** Share of the memory, 0 to 1. */
    public double memory() {
        return memoryTotal == 0 ? 0 : memoryUsed / (double) memoryTotal;
    }

    /** Share of the file systems, 0 to 1. */
    public @Nullable Double storage() {
        return storageUsed == null || storageTotal == null || storageTotal == 0
                ? null
                : storageUsed / (double) storageTotal;
    }
}
