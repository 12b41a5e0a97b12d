package io.nodeledger.simulators.control;

import java.util.Map;

/** A request that is not done: HTTP status, why and, for bad input, why by field. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> fields;

    private Refusal(int status, String message, Map<String, String> fields) {
        super(message, null, false, false);
        this.status = status;
        this.fields = fields;
    }

    static Refusal of(int status, String message) {
        return new Refusal(status, message, Map.of());
    }

    static Refusal badInput(Map<String, String> fields) {
        return new Refusal(400, "Bad input: " + String.join(", ", fields.keySet()), fields);
    }

    int status() {
        return status;
    }

    Map<String, String> fields() {
        return fields;
    }
}
