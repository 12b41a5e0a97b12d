package io.nodeledger.command.transition;

import io.nodeledger.events.transition.MigrationStrategy;
import java.util.LinkedHashMap;
import java.util.Map;

/** The strategies' words in requests. */
final class Strategies {
    static final Map<String, MigrationStrategy> WORDS = words();

    private Strategies() {}

    private static Map<String, MigrationStrategy> words() {
        var words = new LinkedHashMap<String, MigrationStrategy>();
        for (MigrationStrategy strategy : MigrationStrategy.values()) {
            words.put(strategy.word(), strategy);
        }
        return words;
    }
}
