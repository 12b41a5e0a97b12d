package io.nodeledger.query.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A time for which a node was billed at one rate, as far as it lies in the period (source: API decisions, "Cost line").
 *
 * @param status {@code running} or {@code stopped}
 * @param rate USD per hour
 * @param endedAt absent while it goes on
 * @param seconds to the millisecond
 * @param cost its share of the node's cost
 * @param eventIds the event that began it, and the one that ended it if one did within the period
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record CostLine(
        String nodeId,
        String name,
        String planId,
        String region,
        String status,
        BigDecimal rate,
        Instant startedAt,
        @Nullable Instant endedAt,
        BigDecimal seconds,
        BigDecimal cost,
        List<String> eventIds) {}
