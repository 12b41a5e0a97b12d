package io.nodeledger.query.events;

import java.time.Instant;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An event as the API shows it (source: contract, "Get Node Events").
 *
 * @param type {@code Normal} or {@code Warning}
 * @param reason one word in camel case
 * @param source the component that said it
 * @param count how often it happened between the two times
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EventView(
        String type,
        String reason,
        String message,
        String source,
        Instant firstTimestamp,
        Instant lastTimestamp,
        long count) {}
