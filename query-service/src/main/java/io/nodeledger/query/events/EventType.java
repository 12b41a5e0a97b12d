package io.nodeledger.query.events;

import java.util.Map;

/** The types of Kubernetes' events, which those of the platform have too. */
enum EventType {
    NORMAL("Normal"),
    WARNING("Warning");

    /** The types by their words. */
    static final Map<String, EventType> WORDS = Map.of(NORMAL.word, NORMAL, WARNING.word, WARNING);

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    /** The word in the API. */
    String word() {
        return word;
    }
}
