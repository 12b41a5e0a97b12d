package io.nodeledger.query.node;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A span for which a node is billed at one rate.
 *
 * @param from its first moment
 * @param to its end, null while it lasts
 * @param hourlyRate USD per hour
 */
public record MeteredTime(Instant from, @Nullable Instant to, BigDecimal hourlyRate) {
    private static final BigDecimal MILLIS_PER_HOUR =
            BigDecimal.valueOf(Duration.ofHours(1).toMillis());

    /**
     * What the spans cost in the calendar month (UTC) of a moment, up to that moment. Exact to 34 digits; rounded only
     * where it is shown.
     */
    static BigDecimal costOfMonth(List<MeteredTime> spans, Instant now) {
        var month = startOfMonth(now);
        var rateMillis = spans.stream()
                .map(span -> span.hourlyRate.multiply(BigDecimal.valueOf(span.millisBetween(month, now))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return rateMillis.divide(MILLIS_PER_HOUR, MathContext.DECIMAL128);
    }

    /** The spans with a new one that lasts, after whatever lasted before has ended. */
    static List<MeteredTime> begin(List<MeteredTime> spans, BigDecimal hourlyRate, Instant at) {
        return Stream.concat(end(spans, at).stream(), Stream.of(new MeteredTime(at, null, hourlyRate)))
                .toList();
    }

    /** The spans with one that lasts at this rate: the one that lasts already, or a new one. */
    static List<MeteredTime> goOn(List<MeteredTime> spans, BigDecimal hourlyRate, Instant at) {
        return spans.stream().anyMatch(span -> span.to == null && span.hourlyRate.compareTo(hourlyRate) == 0)
                ? spans
                : begin(spans, hourlyRate, at);
    }

    /**
     * The spans with none that lasts, without those that ended before the month of that moment. A span that began later
     * than it ends is empty.
     */
    static List<MeteredTime> end(List<MeteredTime> spans, Instant at) {
        var month = startOfMonth(at);
        return spans.stream()
                .map(span -> span.to == null ? span.until(at) : span)
                .filter(span -> span.to == null || !span.to.isBefore(month))
                .toList();
    }

    /** The spans with nothing after that moment, also where a span had ended later. */
    static List<MeteredTime> cut(List<MeteredTime> spans, Instant at) {
        return end(spans, at).stream()
                .map(span -> span.to != null && span.to.isAfter(at) ? span.until(at) : span)
                .toList();
    }

    private MeteredTime until(Instant at) {
        return new MeteredTime(from, at.isBefore(from) ? from : at, hourlyRate);
    }

    private long millisBetween(Instant earliest, Instant latest) {
        var start = from.isBefore(earliest) ? earliest : from;
        var end = to == null || to.isAfter(latest) ? latest : to;
        return Math.max(0, Duration.between(start, end).toMillis());
    }

    private static Instant startOfMonth(Instant time) {
        return time.atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .toInstant();
    }
}
