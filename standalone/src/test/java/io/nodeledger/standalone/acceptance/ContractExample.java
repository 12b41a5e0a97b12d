package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An example of the contract, to which an answer is held field for field: no field is missing, none has another name or
 * type, and none is there that isn't named. Values that only the running world knows stand in angle brackets, each a
 * kind of {@link #KINDS}; {@code "+"} names the fields that go beyond the contract and may be absent. An array's only
 * element stands for every element, and there must be one.
 */
final class ContractExample {
    private static final String BEYOND = "+";
    private static final Map<String, Predicate<JsonNode>> KINDS = Map.ofEntries(
            Map.entry("<time>", text("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z")),
            Map.entry("<percent>", number(100)),
            Map.entry("<number>", number(Long.MAX_VALUE)),
            Map.entry("<count>", node -> node.isIntegralNumber() && node.asLong() > 0),
            Map.entry("<quantity>", text("\\d+(\\.\\d+)?(m|[KMGT]i)?")),
            Map.entry("<address>", text("\\d{1,3}(\\.\\d{1,3}){3}")),
            Map.entry("<duration>", text("(\\d+d )?(\\d+h )?\\d+m")),
            Map.entry("<text>", text(".+")));

    private final JsonNode example;

    /** @param example JSON, in which {@code <node>} stands for the node's id */
    ContractExample(String example, String node) {
        this.example = JsonMapper.shared().readTree(example.replace("<node>", node));
    }

    /** One of those beside the tests, {@code contract/NAME.json}. */
    static ContractExample named(String name, String node) {
        try (var file =
                Objects.requireNonNull(ContractExample.class.getResourceAsStream("/contract/" + name + ".json"))) {
            return new ContractExample(new String(file.readAllBytes(), StandardCharsets.UTF_8), node);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the answer has otherwise than the example, a line each. */
    List<String> differences(JsonNode answer) {
        var found = new ArrayList<String>();
        compare("", example, answer, found);
        return found;
    }

    void isReproducedBy(JsonNode answer) {
        assertThat(differences(answer)).as("%s", answer).isEmpty();
    }

    private static void compare(String path, JsonNode expected, JsonNode shown, List<String> found) {
        if (expected.isObject() && shown.isObject()) {
            compareFields(path, expected, shown, found);
        } else if (expected.isArray() && shown.isArray()) {
            compareElements(path, expected, shown, found);
        } else if (!isAsExpected(expected, shown)) {
            found.add(path + " is " + shown + ", not " + expected);
        }
    }

    private static void compareFields(String path, JsonNode expected, JsonNode shown, List<String> found) {
        Set<String> beyond =
                expected.path(BEYOND).valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        Set<String> names = new TreeSet<>(expected.propertyNames());
        names.addAll(shown.propertyNames());
        names.remove(BEYOND);
        for (String name : names) {
            String field = path + "/" + name;
            if (!shown.has(name)) {
                found.add(field + " is missing");
            } else if (expected.has(name)) {
                compare(field, expected.path(name), shown.path(name), found);
            } else if (!beyond.contains(name)) {
                found.add(field + " is not in the contract");
            }
        }
    }

    private static void compareElements(String path, JsonNode expected, JsonNode shown, List<String> found) {
        boolean one = expected.size() == 1;
        if (one ? shown.isEmpty() : expected.size() != shown.size()) {
            found.add(path + " has " + shown.size() + " elements");
            return;
        }
        for (int i = 0; i < shown.size(); i++) {
            compare(path + "/" + i, expected.path(one ? 0 : i), shown.path(i), found);
        }
    }

    private static boolean isAsExpected(JsonNode expected, JsonNode shown) {
        var kind = expected.isString() ? KINDS.get(expected.asString()) : null;
        if (kind != null) {
            return kind.test(shown);
        }
        if (expected.isNumber() && shown.isNumber()) {
            return expected.decimalValue().compareTo(shown.decimalValue()) == 0;
        }
        return expected.equals(shown);
    }

    private static Predicate<JsonNode> text(String form) {
        var pattern = Pattern.compile(form);
        return node -> node.isString() && pattern.matcher(node.asString()).matches();
    }

    private static Predicate<JsonNode> number(long most) {
        return node -> node.isNumber() && node.asDouble() >= 0 && node.asDouble() <= most;
    }
}
