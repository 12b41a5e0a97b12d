package io.nodeledger.query.node;

import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Consequence;
import io.nodeledger.query.projection.TableWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many nodes a workspace has by status, plan and region, so that the total of a list never counts rows. Written as
 * differences, in the order of their keys: segments may add to the same counter without waiting in a circle.
 */
public final class NodeCounts implements Consequence<NodeRecord> {
    private static final String ADD = """
            INSERT INTO %s AS counts (workspace_id, status, plan_id, region, nodes)
            SELECT workspace_id, status, plan_id, region, difference::bigint
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
              AS batch (workspace_id, status, plan_id, region, difference)
            ON CONFLICT (workspace_id, status, plan_id, region) DO UPDATE SET nodes = counts.nodes + excluded.nodes""";

    record Kind(String workspaceId, String status, String planId, String region) implements Comparable<Kind> {
        private static final Comparator<Kind> ORDER = Comparator.comparing(Kind::workspaceId)
                .thenComparing(Kind::status)
                .thenComparing(Kind::planId)
                .thenComparing(Kind::region);

        static Kind of(NodeRecord row) {
            return new Kind(
                    row.origin().workspaceId(),
                    row.state().status().word(),
                    row.origin().terms().planId(),
                    row.origin().region());
        }

        @Override
        public int compareTo(Kind other) {
            return ORDER.compare(this, other);
        }
    }

    @Override
    public String tableName() {
        return "node_counts";
    }

    @Override
    public void write(TableWriter writer, int generation, List<Change<NodeRecord>> changes) {
        var differences = differences(changes);
        if (differences.isEmpty()) {
            return;
        }
        var kinds = List.copyOf(differences.keySet());
        writer.update(
                tableName(),
                generation,
                ADD,
                kinds.stream().map(Kind::workspaceId).toArray(),
                kinds.stream().map(Kind::status).toArray(),
                kinds.stream().map(Kind::planId).toArray(),
                kinds.stream().map(Kind::region).toArray(),
                differences.values().stream().map(String::valueOf).toArray());
    }

    static Map<Kind, Integer> differences(List<Change<NodeRecord>> changes) {
        var differences = new TreeMap<Kind, Integer>();
        for (var change : changes) {
            if (change.before() != null) {
                differences.merge(Kind.of(change.before()), -1, Integer::sum);
            }
            differences.merge(Kind.of(change.after()), 1, Integer::sum);
        }
        differences.values().removeIf(difference -> difference == 0);
        return differences;
    }
}
