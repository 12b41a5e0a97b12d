package io.nodeledger.resilience.check;

import tools.jackson.databind.JsonNode;

/**
 * An event as it is stored.
 *
 * @param type its simple name, e.g. {@code NodeDeleted}
 */
public record RecordedEvent(String stream, long sequence, String type, JsonNode payload) {
    /** A field's text, empty when it has none. */
    public String text(String field) {
        return payload.path(field).asString("");
    }
}
