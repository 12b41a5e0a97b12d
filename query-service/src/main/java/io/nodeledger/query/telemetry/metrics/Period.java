package io.nodeledger.query.telemetry.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A period that ends now, in steps of which it has at most 300, and the coarsest series that is fine enough for them
 * (source: contract, "Get Node Metrics").
 */
enum Period {
    FIVE_MINUTES("5m", Duration.ofMinutes(5), Duration.ofSeconds(15), Resolution.SAMPLE),
    ONE_HOUR("1h", Duration.ofHours(1), Duration.ofSeconds(15), Resolution.SAMPLE),
    SIX_HOURS("6h", Duration.ofHours(6), Duration.ofMinutes(2), Resolution.MINUTE),
    ONE_DAY("24h", Duration.ofDays(1), Duration.ofMinutes(5), Resolution.MINUTE),
    SEVEN_DAYS("7d", Duration.ofDays(7), Duration.ofHours(1), Resolution.HOUR);

    static final Map<String, Period> WORDS =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Period::word, Function.identity()));

    private final String word;
    private final Duration length;
    private final Duration step;
    private final Resolution coarsest;

    Period(String word, Duration length, Duration step, Resolution coarsest) {
        this.word = word;
        this.length = length;
        this.step = step;
        this.coarsest = coarsest;
    }

    String word() {
        return word;
    }

    Duration step() {
        return step;
    }

    Resolution coarsest() {
        return coarsest;
    }

    /** Where it begins: at a whole step, so that a step means the same for everybody who asks. */
    Instant from(Instant now) {
        long millis = step.toMillis();
        return Instant.ofEpochMilli(-Math.floorDiv(-now.minus(length).toEpochMilli(), millis) * millis);
    }
}
