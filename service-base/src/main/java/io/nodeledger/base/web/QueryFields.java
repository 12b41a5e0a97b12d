package io.nodeledger.base.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request, taken from the URL alone (never from a form body). Read every parameter, then
 * {@link #finish()}, then use the values. An empty value is an error, never 'absent', and so is a repeated parameter.
 * Parameters that nobody reads are ignored.
 */
public final class QueryFields {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private final Map<String, List<String>> parameters;
    private final Violations violations = new Violations();

    private QueryFields(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** The parameters of the request. */
    public static QueryFields of(HttpServletRequest request) {
        var parameters = new LinkedHashMap<String, List<String>>();
        var fields = new QueryFields(parameters);
        String query = request.getQueryString();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = fields.decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : fields.decoded(pair.substring(equals + 1));
                if (!name.isEmpty()) {
                    parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                }
            }
        }
        return fields;
    }

    /** Text that keeps the rule. */
    public Field<String> text(String name, Rule<String> rule) {
        return new Field<>(kept(name, StorableText.RULE.and(rule)));
    }

    /** A whole number within the bounds, both included. */
    public Field<Integer> integer(String name, int min, int max) {
        return new Field<>(number(name).flatMap(value -> inRange(name, value, min, max)));
    }

    /** A whole number of at least {@code min}; a larger one than {@code max} becomes {@code max}. */
    public Field<Integer> integerCapped(String name, int min, int max) {
        return new Field<>(number(name).flatMap(value -> inRange(name, Math.min(value, max), min, max)));
    }

    /** {@code true} or {@code false}. */
    public Field<Boolean> bool(String name) {
        return word(name, Map.of("true", true, "false", false));
    }

    /** One of the words. */
    public <T> Field<T> word(String name, Map<String, T> words) {
        return new Field<>(single(name).flatMap(word -> known(name, word, words)));
    }

    /** Some of the words, separated by commas. */
    public <T> Field<List<T>> words(String name, Map<String, T> words) {
        return new Field<>(single(name)
                .map(list -> List.of(list.split(",", -1)).stream()
                        .flatMap(word -> known(name, word, words).stream())
                        .distinct()
                        .toList()));
    }

    /** Where to note what concerns several parameters. */
    public Violations violations() {
        return violations;
    }

    /**
     * Ends the reading.
     *
     * @throws ApiException 400 {@code VALIDATION_ERROR} naming every bad parameter
     */
    public void finish() {
        violations.throwIfAny();
    }

    private Optional<String> kept(String name, Rule<String> rule) {
        return single(name).filter(value -> {
            var broken = rule.check(value);
            broken.ifPresent(no -> violations.add(name, no.code(), no.message()));
            return broken.isEmpty();
        });
    }

    private Optional<Long> number(String name) {
        return single(name).flatMap(value -> {
            if (WHOLE_NUMBER.matcher(value).matches()) {
                return Optional.of(Long.parseLong(value));
            }
            violations.add(name, "invalid_type", "must be a whole number");
            return Optional.empty();
        });
    }

    private Optional<Integer> inRange(String name, long value, int min, int max) {
        if (value < min || value > max) {
            violations.add(name, "out_of_range", "must be between " + min + " and " + max);
            return Optional.empty();
        }
        return Optional.of((int) value);
    }

    private <T> Optional<T> known(String name, String word, Map<String, T> words) {
        @Nullable T value = words.get(word);
        if (value == null) {
            violations.add(
                    name,
                    "unknown_value",
                    "must be one of "
                            + String.join(", ", words.keySet().stream().sorted().toList()));
        }
        return Optional.ofNullable(value);
    }

    private Optional<String> single(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            violations.add(name, "duplicate", "is there more than once");
            return Optional.empty();
        }
        if (values.size() == 1 && values.getFirst().isEmpty()) {
            violations.add(name, "empty", "must not be empty");
            return Optional.empty();
        }
        return values.stream().findFirst();
    }

    private String decoded(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') >= 0) {
                violations.add("query", "malformed", "must be UTF-8");
            }
            return decoded;
        } catch (IllegalArgumentException malformed) {
            violations.add("query", "malformed", "has a malformed percent escape");
            return "";
        }
    }
}
