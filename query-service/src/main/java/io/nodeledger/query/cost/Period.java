package io.nodeledger.query.cost;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A span of calendar months, UTC (source: contract, "Get Node Costs"). */
enum Period {
    /** From the month's first moment until now. */
    CURRENT_MONTH(0, 1, "last_month"),
    /** The whole month before. */
    LAST_MONTH(1, 1, "previous_month"),
    /** The three whole months before. */
    LAST_3_MONTHS(3, 3, "previous_3_months");

    static final Map<String, Period> WORDS =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Period::word, Function.identity()));

    private final int monthsBack;
    private final int months;
    private final String comparedWith;

    Period(int monthsBack, int months, String comparedWith) {
        this.monthsBack = monthsBack;
        this.months = months;
        this.comparedWith = comparedWith;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The period before it that it is compared with, in words. */
    String comparedWith() {
        return comparedWith;
    }

    /** From its first moment until its end or now, whichever is sooner. */
    Span span(Instant now) {
        YearMonth first = month(now).minusMonths(monthsBack);
        Instant end = begin(first.plusMonths(months));
        return new Span(begin(first), end.isBefore(now) ? end : now);
    }

    /** The same of the period before. */
    Span before(Instant now) {
        YearMonth first = month(now).minusMonths(monthsBack);
        return new Span(begin(first.minusMonths(months)), begin(first));
    }

    /** How long it still goes on; zero for those that are over. */
    Duration rest(Instant now) {
        Instant end = begin(month(now).minusMonths(monthsBack).plusMonths(months));
        return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
    }

    private static YearMonth month(Instant now) {
        return YearMonth.from(now.atZone(ZoneOffset.UTC));
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** From a moment, up to another one. */
    record Span(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }

        /** Its beginning, no longer than that. */
        Span atMost(Duration length) {
            return length().compareTo(length) <= 0 ? this : new Span(from, from.plus(length));
        }
    }
}
