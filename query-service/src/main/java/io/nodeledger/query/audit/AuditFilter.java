package io.nodeledger.query.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the trail is asked for; null and empty stand for all.
 *
 * @param ofNode the node whose own trail it is, null for the workspace's
 * @param nodeId entries of the workspace's trail about this node
 * @param actor id of who acted
 * @param actions types of entries, commands and permissions
 * @param from what happened then or later
 * @param to what happened before then
 * @param steps whether to show the steps of operations too
 */
record AuditFilter(
        String workspaceId,
        @Nullable String ofNode,
        @Nullable String nodeId,
        @Nullable String actor,
        List<String> actions,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean steps,
        boolean newestFirst) {

    /** A cursor goes on in the direction in which it came, and with its filters. */
    String list() {
        var name = new StringBuilder(newestFirst ? "audit-" : "audit+");
        part(name, "node", nodeId);
        part(name, "actor", actor);
        part(name, "action", actions.isEmpty() ? null : String.join(",", actions));
        part(name, "from", from);
        part(name, "to", to);
        return name.toString();
    }

    private static void part(StringBuilder name, String filter, @Nullable Object value) {
        if (value != null) {
            name.append(';').append(filter).append('=').append(value);
        }
    }

    /** The node that entries are about. */
    @Nullable
    String node() {
        return ofNode == null ? nodeId : ofNode;
    }

    /** Types of entries among the actions; their words have dots. */
    List<String> types() {
        return actions.stream().filter(word -> word.contains(".")).toList();
    }

    /** Permissions among the actions; their words have colons. */
    List<String> permissions() {
        return actions.stream().filter(word -> word.contains(":")).toList();
    }

    /** Commands among the actions. */
    List<String> commands() {
        return actions.stream()
                .filter(word -> !word.contains(".") && !word.contains(":"))
                .toList();
    }
}
