package io.nodeledger.query.telemetry.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a node does and did (source: contract, "Get Node Metrics"). What is not known is absent: the current values of a node
 * that is off or out of reach, averages of a period without samples.
 *
 * @param sampledAt when the current values held
 * @param stepSeconds the time that one entry of a series is the average of; its timestamp is the step's beginning
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record MetricsView(
        String period,
        long stepSeconds,
        @Nullable Instant sampledAt,
        @Nullable Cpu cpu,
        @Nullable Memory memory,
        @Nullable Storage storage,
        @Nullable Network network) {

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Cpu(
            @Nullable BigDecimal currentPercentage,
            @Nullable BigDecimal averagePercentage,
            @Nullable BigDecimal peakPercentage,
            @Nullable BigDecimal coresUsed,
            int coresTotal,
            List<Point> series) {}

    /** Memory in GiB. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Memory(
            @Nullable BigDecimal currentPercentage,
            @Nullable BigDecimal averagePercentage,
            @Nullable BigDecimal peakPercentage,
            @Nullable BigDecimal usedGb,
            int totalGb,
            List<Point> series) {}

    /** File systems in GiB; operations per second over all disks. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Storage(
            @Nullable BigDecimal currentPercentage,
            @Nullable BigDecimal usedGb,
            int totalGb,
            @Nullable Iops iops,
            List<Point> series) {}

    record Iops(long read, long write) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Network(
            @Nullable BigDecimal inMbps,
            @Nullable BigDecimal outMbps,
            @Nullable Long packetsInPerSec,
            @Nullable Long packetsOutPerSec,
            List<NetworkPoint> series) {}

    record Point(Instant timestamp, BigDecimal value) {}

    /** @param value both directions together, Mbit/s */
    @JsonNaming(SnakeCaseStrategy.class)
    record NetworkPoint(Instant timestamp, BigDecimal value, BigDecimal inMbps, BigDecimal outMbps) {}
}
