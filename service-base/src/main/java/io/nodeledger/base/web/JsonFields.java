package io.nodeledger.base.web;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object of a request. Read every field, then {@link #finish()}, then use the values: so all bad
 * fields are reported together. A field that nobody read is an unknown one, and an explicit {@code null} is never taken
 * for an absent field.
 */
public final class JsonFields {
    private final JsonNode object;
    private final String prefix;
    private final Violations violations;
    private final Set<String> read = new HashSet<>();

    JsonFields(JsonNode object, String prefix, Violations violations) {
        this.object = object;
        this.prefix = prefix;
        this.violations = violations;
    }

    /** A field that must be there. */
    public <T> Field<T> required(String name, JsonValue<T> type) {
        read.add(name);
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            violations.add(prefix + name, "required", "is required");
            return new Field<>(Optional.empty());
        }
        return new Field<>(type.read(node, prefix + name, violations));
    }

    /** A field that may be left out. */
    public <T> Field<T> optional(String name, JsonValue<T> type) {
        read.add(name);
        JsonNode node = object.get(name);
        return new Field<>(node == null ? Optional.empty() : type.read(node, prefix + name, violations));
    }

    /** Where to note what concerns several fields. */
    public Violations violations() {
        return violations;
    }

    /**
     * Ends the reading.
     *
     * @throws ApiException 400 {@code VALIDATION_ERROR} naming every bad field
     */
    public void finish() {
        refuseOthers();
        violations.throwIfAny();
    }

    void refuseOthers() {
        for (String name : object.propertyNames()) {
            if (!read.contains(name)) {
                violations.add(prefix + name, "unknown_field", "is not a field of this request");
            }
        }
    }
}
