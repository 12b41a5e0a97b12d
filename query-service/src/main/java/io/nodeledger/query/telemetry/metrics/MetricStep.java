package io.nodeledger.query.telemetry.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a node did in one step of a period. Shares are 0 to 1, network is bytes per second.
 *
 * @param samples how many samples are behind the averages of CPU and memory
 * @param rated how many are behind those of the network
 */
record MetricStep(
        Instant at,
        long samples,
        double cpu,
        double cpuPeak,
        double memory,
        double memoryPeak,
        long rated,
        @Nullable Double networkIn,
        @Nullable Double networkOut,
        @Nullable Double storage) {}
