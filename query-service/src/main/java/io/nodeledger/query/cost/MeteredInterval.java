package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import io.nodeledger.query.cost.Period.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A time for which a node was billed at one rate.
 *
 * @param to null while it goes on
 * @param openedBy the event that began it
 * @param closedBy the event that ended it
 */
record MeteredInterval(
        String nodeId,
        String status,
        BigDecimal rate,
        Instant from,
        @Nullable Instant to,
        String openedBy,
        @Nullable String closedBy) {

    /** The part of it within a span; nothing when none of it is. */
    Optional<MeteredInterval> within(Span span) {
        Instant begin = from.isBefore(span.from()) ? span.from() : from;
        boolean closed = to != null && !to.isAfter(span.to());
        Instant end = closed ? to : span.to();
        return begin.isBefore(end)
                ? Optional.of(new MeteredInterval(nodeId, status, rate, begin, end, openedBy, closed ? closedBy : null))
                : Optional.empty();
    }

    long millis() {
        return to == null ? 0 : Duration.between(from, to).toMillis();
    }

    MeterReading metered() {
        return new MeterReading(rate.multiply(BigDecimal.valueOf(millis())), 0, 0);
    }
}
