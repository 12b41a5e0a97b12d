package io.nodeledger.query.projection;

import java.util.List;

/**
 * Tables that are filled by one processor, commit together with its token and are rebuilt together.
 *
 * @param name the word that a rebuild is started with, also part of the processor's name
 */
public record ReadModel(String name, List<Part<?>> parts) {
    /** Names of all tables, without their generation. */
    public List<String> tableNames() {
        return parts.stream().flatMap(Part::tableNames).toList();
    }

    /** Whether an event changes one of the tables. */
    boolean concerns(StoredEvent event) {
        return parts.stream().anyMatch(part -> part.projection().keyOf(event) != null);
    }

    /** Folds a batch of events, in their order, into the tables of a generation. */
    public void project(TableWriter writer, int generation, List<StoredEvent> events) {
        parts.forEach(part -> part.project(writer, generation, events));
    }
}
