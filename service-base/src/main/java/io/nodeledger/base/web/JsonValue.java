package io.nodeledger.base.web;

import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads a value of one type from JSON, without coercion: {@code "5"} is no number and {@code 5} no text.
 *
 * @param <T> type of the value
 */
@FunctionalInterface
public interface JsonValue<T> {
    /** The value; empty when it is bad, and then each reason has been noted under its path. */
    Optional<T> read(JsonNode node, String path, Violations violations);

    /** The same, made into another type. */
    default <R> JsonValue<R> map(Function<T, R> made) {
        return (node, path, violations) -> read(node, path, violations).map(made);
    }
}
