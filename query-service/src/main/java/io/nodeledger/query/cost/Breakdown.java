package io.nodeledger.query.cost;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** By what costs are broken down. */
enum Breakdown {
    NODE,
    PLAN,
    REGION;

    static final Map<String, Breakdown> WORDS = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(
                    breakdown -> breakdown.name().toLowerCase(Locale.ROOT), Function.identity()));

    /** What is shown when nothing is asked for (source: API decisions, "Costs"). */
    static final List<Breakdown> DEFAULT = List.of(NODE, PLAN);
}
