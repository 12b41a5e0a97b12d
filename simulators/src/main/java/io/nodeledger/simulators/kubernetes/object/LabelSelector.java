package io.nodeledger.simulators.kubernetes.object;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.strings;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A label selector in its query form ({@code a=b,c in (d,e),!f}) or its object form. */
public final class LabelSelector {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());
    private final List<Requirement> requirements;

    private record Requirement(String key, String operator, Set<String> values) {
        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                case "Gt" -> value != null && compare(value) > 0;
                case "Lt" -> value != null && compare(value) < 0;
                default -> false;
            };
        }

        private int compare(String value) {
            try {
                return Long.compare(
                        Long.parseLong(value), Long.parseLong(values.iterator().next()));
            } catch (NumberFormatException notANumber) {
                return 0;
            }
        }
    }

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(r -> r.matches(labels));
    }

    public boolean matches(JsonNode object) {
        return requirements.isEmpty() || matches(strings(object, "metadata", "labels"));
    }

    /** From {@code matchLabels} and {@code matchExpressions}; an empty selector matches everything. */
    public static LabelSelector of(@Nullable JsonNode selector) {
        List<Requirement> found = new ArrayList<>();
        strings(selector, "matchLabels").forEach((k, v) -> found.add(new Requirement(k, "In", Set.of(v))));
        each(selector, "matchExpressions").forEach(e -> found.add(requirement(e)));
        return new LabelSelector(found);
    }

    /** From the {@code matchExpressions} of one node selector term. */
    public static LabelSelector ofTerm(JsonNode term) {
        return new LabelSelector(
                each(term, "matchExpressions").map(LabelSelector::requirement).toList());
    }

    private static Requirement requirement(JsonNode expression) {
        return new Requirement(
                text(expression, "key"),
                text(expression, "operator"),
                each(expression, "values").map(Fields::text).collect(Collectors.toSet()));
    }

    /** From the {@code labelSelector} query parameter; an unreadable one is a bad request. */
    public static LabelSelector parse(String query) {
        if (query.isBlank()) {
            return EVERYTHING;
        }
        return new LabelSelector(
                split(query).stream().map(part -> parseOne(part.strip())).toList());
    }

    private static List<String> split(String query) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(query.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(query.substring(start));
        return parts;
    }

    private static Requirement parseOne(String part) {
        int open = part.indexOf('(');
        if (open > 0 && part.endsWith(")")) {
            String[] head = part.substring(0, open).strip().split("\\s+", -1);
            Set<String> values = Arrays.stream(
                            part.substring(open + 1, part.length() - 1).split(",", -1))
                    .map(String::strip)
                    .collect(Collectors.toSet());
            if (head.length == 2 && (head[1].equals("in") || head[1].equals("notin"))) {
                return new Requirement(key(head[0]), head[1].equals("in") ? "In" : "NotIn", values);
            }
        }
        int unequal = part.indexOf("!=");
        if (unequal > 0) {
            return new Requirement(
                    key(part.substring(0, unequal)),
                    "NotIn",
                    Set.of(part.substring(unequal + 2).strip()));
        }
        int equal = part.indexOf('=');
        if (equal > 0) {
            String value = part.substring(part.startsWith("==", equal) ? equal + 2 : equal + 1);
            return new Requirement(key(part.substring(0, equal)), "In", Set.of(value.strip()));
        }
        return part.startsWith("!")
                ? new Requirement(key(part.substring(1)), "DoesNotExist", Set.of())
                : new Requirement(key(part), "Exists", Set.of());
    }

    private static String key(String text) {
        String key = text.strip();
        if (!Names.qualified(key)) {
            throw ApiError.badRequest("unable to parse requirement: <nil>: Invalid value: \"" + key
                    + "\": name part must consist of alphanumeric characters, '-', '_' or '.'");
        }
        return key;
    }
}
