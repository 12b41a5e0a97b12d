package io.nodeledger.simulators.control;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object that is being read. All that is wrong with it is collected and told at once; null counts as absent. */
final class Document {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String prefix;
    private final JsonNode json;
    private final Map<String, String> errors;
    private final Set<String> known = new LinkedHashSet<>();

    private Document(String prefix, JsonNode json, Map<String, String> errors) {
        this.prefix = prefix;
        this.json = json;
        this.errors = errors;
    }

    /** The body of a request; none is an empty object. */
    static Document parse(RoutingContext context) {
        String body = context.body().asString();
        String text = body == null ? "" : body;
        try {
            JsonNode json = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
            if (json.isObject()) {
                return new Document("", json, new LinkedHashMap<>());
            }
        } catch (JacksonException malformed) {
            throw Refusal.badInput(Map.of("body", "is no JSON: " + malformed.getOriginalMessage()));
        }
        throw Refusal.badInput(Map.of("body", "must be a JSON object"));
    }

    Optional<String> text(String name) {
        return value(name, "must be a text", JsonNode::isString).map(JsonNode::asString);
    }

    Optional<Boolean> flag(String name) {
        return value(name, "must be true or false", JsonNode::isBoolean).map(JsonNode::asBoolean);
    }

    /** A whole number within bounds. */
    Optional<Integer> number(String name, int least, int most) {
        return value(
                        name,
                        "must be a whole number from " + least + " to " + most,
                        value -> value.isIntegralNumber() && value.asLong() >= least && value.asLong() <= most)
                .map(JsonNode::asInt);
    }

    /** One of an enum's words. */
    <E extends Enum<E>> Optional<E> choice(String name, E[] all, Function<E, String> word) {
        String words = Arrays.stream(all).map(word).collect(Collectors.joining(", "));
        return value(
                        name,
                        "must be one of " + words,
                        value -> named(all, word, value.asString("")).isPresent())
                .flatMap(value -> named(all, word, value.asString("")));
    }

    /** An object inside of this one, empty when it is absent. */
    Document object(String name) {
        JsonNode inner = value(name, "must be an object", JsonNode::isObject).orElseGet(JSON::createObjectNode);
        return new Document(prefix + name + ".", inner, errors);
    }

    void wrong(String name, String why) {
        errors.putIfAbsent(prefix + name, why);
    }

    /** Nothing but what has been asked for may be there. */
    void close() {
        json.propertyNames().stream().filter(name -> !known.contains(name)).forEach(name -> wrong(name, "is unknown"));
    }

    /** Refuses the document when anything was wrong. */
    void requireGood() {
        close();
        if (!errors.isEmpty()) {
            throw Refusal.badInput(errors);
        }
    }

    private Optional<JsonNode> value(String name, String rule, Predicate<JsonNode> good) {
        known.add(name);
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!good.test(value)) {
            wrong(name, rule);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private static <E extends Enum<E>> Optional<E> named(E[] all, Function<E, String> word, String given) {
        return Arrays.stream(all)
                .filter(one -> word.apply(one).equals(given.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
