package io.nodeledger.provisioner.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a node's machine was doing at one moment.
 *
 * @param cpu share of all its virtual CPUs, 0 to 1
 * @param memoryUsed bytes
 * @param memoryTotal bytes
 * @param byKubelet whether memory is what the kubelet measures, and not what the guest has ever touched
 * @param networkIn bytes per second, null with {@code networkOut} when there is nothing to compare with
 * @param details null when none are newer than the sample before
 */
record Sample(
        String nodeId,
        Instant at,
        double cores,
        double cpu,
        long memoryUsed,
        long memoryTotal,
        boolean byKubelet,
        @Nullable Double networkIn,
        @Nullable Double networkOut,
        @Nullable Details details) {
    /** Share of the memory, 0 to 1. */
    double memory() {
        return memoryTotal == 0 ? 0 : Math.min(1, memoryUsed / (double) memoryTotal);
    }
}
