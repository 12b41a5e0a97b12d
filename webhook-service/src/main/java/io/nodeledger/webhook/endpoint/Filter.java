package io.nodeledger.webhook.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an endpoint wants to be sent.
 *
 * @param types words of events; empty for all
 * @param labels that a node must have; empty for all nodes
 */
public record Filter(Set<String> types, Map<String, String> labels) {
    /** The filter of a target. */
    public static Filter of(List<String> types, Map<String, String> labels) {
        return new Filter(Set.copyOf(types), Map.copyOf(labels));
    }

    /** Whether an event of such a node passes. */
    public boolean passes(String type, Map<String, String> nodeLabels) {
        return (types.isEmpty() || types.contains(type))
                && nodeLabels.entrySet().containsAll(labels.entrySet());
    }
}
