package io.nodeledger.base.web;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The kinds of JSON values that requests are made of. */
public final class JsonValues {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

    private JsonValues() {}

    /** A string that can be stored and keeps the rule. */
    public static JsonValue<String> text(Rule<String> rule) {
        return (node, path, violations) -> node.isString()
                ? kept(StorableText.RULE.and(rule), node.stringValue(), path, violations)
                : wrongType(path, "a string", violations);
    }

    /** {@code true} or {@code false}. */
    public static JsonValue<Boolean> bool() {
        return (node, path, violations) ->
                node.isBoolean() ? Optional.of(node.booleanValue()) : wrongType(path, "a boolean", violations);
    }

    /** A whole number within the bounds, both included. */
    public static JsonValue<Integer> integer(int min, int max) {
        return (node, path, violations) -> {
            if (!node.isIntegralNumber()) {
                return wrongType(path, "a whole number", violations);
            }
            if (!node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
                violations.add(path, "out_of_range", "must be between " + min + " and " + max);
                return Optional.empty();
            }
            return Optional.of(node.intValue());
        };
    }

    /** An exact decimal that keeps the rule. */
    public static JsonValue<BigDecimal> decimal(Rule<BigDecimal> rule) {
        return (node, path, violations) -> node.isNumber()
                ? kept(rule, node.decimalValue(), path, violations)
                : wrongType(path, "a number", violations);
    }

    /** An RFC 3339 time with its offset, to the millisecond. */
    public static JsonValue<Instant> moment() {
        return (node, path, violations) -> {
            if (!node.isString()) {
                return wrongType(path, "a string", violations);
            }
            var moment = moment(node.stringValue());
            if (moment.isEmpty()) {
                violations.add(path, "malformed", "must be an RFC 3339 time such as 2024-01-20T10:00:00Z");
            }
            return moment;
        };
    }

    /** Years of four digits: with others no answer could repeat it. */
    private static Optional<Instant> moment(String text) {
        try {
            var moment = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
            return Optional.of(moment).filter(it -> !it.isBefore(FIRST) && it.isBefore(BEYOND));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** One of the words. */
    public static <T> JsonValue<T> word(Map<String, T> words) {
        return (node, path, violations) -> {
            if (!node.isString()) {
                return wrongType(path, "a string", violations);
            }
            var value = Optional.ofNullable(words.get(node.stringValue()));
            if (value.isEmpty()) {
                violations.add(path, "unknown_value", "must be one of " + String.join(", ", words.keySet()));
            }
            return value;
        };
    }

    /** A list, each item read by itself. */
    public static <T> JsonValue<List<T>> list(JsonValue<T> item, int atMost) {
        return (node, path, violations) -> {
            if (!node.isArray()) {
                return wrongType(path, "an array", violations);
            }
            if (node.size() > atMost) {
                violations.add(path, "too_many", "must have at most " + atMost + " items");
                return Optional.empty();
            }
            var items = new ArrayList<T>();
            for (int i = 0; i < node.size(); i++) {
                item.read(node.get(i), path + "[" + i + "]", violations).ifPresent(items::add);
            }
            return Optional.of(List.copyOf(items));
        };
    }

    /** An object whose keys the caller chooses, each key and value judged by itself. */
    public static JsonValue<Map<String, String>> textMap(Rule<String> key, Rule<String> value, int atMost) {
        return (node, path, violations) -> {
            if (!node.isObject()) {
                return wrongType(path, "an object", violations);
            }
            if (node.size() > atMost) {
                violations.add(path, "too_many", "must have at most " + atMost + " entries");
                return Optional.empty();
            }
            var entries = new LinkedHashMap<String, String>();
            for (var property : node.properties()) {
                String at = path + "." + property.getKey();
                boolean goodKey = kept(StorableText.RULE.and(key), property.getKey(), at, violations)
                        .isPresent();
                text(value)
                        .read(property.getValue(), at, violations)
                        .filter(_ -> goodKey)
                        .ifPresent(text -> entries.put(property.getKey(), text));
            }
            return Optional.of(Map.copyOf(entries));
        };
    }

    /** An object with known fields; the shape reads them and says how the value is made of them. */
    public static <T> JsonValue<T> object(Function<JsonFields, Supplier<T>> shape) {
        return (node, path, violations) -> {
            if (!node.isObject()) {
                return wrongType(path, "an object", violations);
            }
            int before = violations.found().size();
            var fields = new JsonFields(node, path + ".", violations);
            Supplier<T> value = shape.apply(fields);
            fields.refuseOthers();
            return violations.found().size() == before ? Optional.of(value.get()) : Optional.empty();
        };
    }

    private static <T> Optional<T> kept(Rule<T> rule, T value, String path, Violations violations) {
        var broken = rule.check(value);
        broken.ifPresent(no -> violations.add(path, no.code(), no.message()));
        return broken.isPresent() ? Optional.empty() : Optional.of(value);
    }

    static <T> Optional<T> wrongType(String path, String expected, Violations violations) {
        violations.add(path, "invalid_type", "must be " + expected);
        return Optional.empty();
    }
}
