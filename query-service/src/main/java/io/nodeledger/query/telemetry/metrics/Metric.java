package io.nodeledger.query.telemetry.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be asked for (source: API decisions, "Endpoint by endpoint"). */
enum Metric {
    CPU,
    MEMORY,
    STORAGE,
    NETWORK;

    static final Map<String, Metric> WORDS = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(
                    metric -> metric.name().toLowerCase(Locale.ROOT), Function.identity()));
}
