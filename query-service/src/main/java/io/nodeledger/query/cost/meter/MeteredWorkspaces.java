package io.nodeledger.query.cost.meter;

import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Consequence;
import io.nodeledger.query.projection.TableWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each workspace's nodes have cost that are billed no longer, and when its first node was ready, so that a charge looks
 * at no node that is long gone. Written as differences, in the order of their keys: segments may add to the same workspace
 * without waiting in a circle. A node that is billed again, or turns out to have cost less, changes the sum by its difference.
 */
final class MeteredWorkspaces implements Consequence<MeteredNode> {
    private static final String ADD = """
            INSERT INTO %s AS known (workspace_id, first_ready_at, settled_rate_millis)
            SELECT workspace_id, first_ready_at::timestamptz, trim_scale(difference::numeric)
            FROM unnest(?::text[], ?::text[], ?::text[]) AS batch (workspace_id, first_ready_at, difference)
            ON CONFLICT (workspace_id) DO UPDATE
            SET first_ready_at = least(known.first_ready_at, excluded.first_ready_at),
                settled_rate_millis = trim_scale(known.settled_rate_millis + excluded.settled_rate_millis)""";

    /** What a batch adds to a workspace. */
    record Addition(Instant firstReadyAt, BigDecimal settled) {
        Addition and(Addition other) {
            Instant first = firstReadyAt.isBefore(other.firstReadyAt) ? firstReadyAt : other.firstReadyAt;
            return new Addition(first, settled.add(other.settled));
        }
    }

    @Override
    public String tableName() {
        return "metered_workspaces";
    }

    @Override
    public void write(TableWriter writer, int generation, List<Change<MeteredNode>> changes) {
        Map<String, Addition> additions = additions(changes);
        if (additions.isEmpty()) {
            return;
        }
        writer.update(
                tableName(),
                generation,
                ADD,
                additions.keySet().toArray(),
                additions.values().stream()
                        .map(each -> each.firstReadyAt().toString())
                        .toArray(),
                additions.values().stream()
                        .map(each -> each.settled().toPlainString())
                        .toArray());
    }

    private static Map<String, Addition> additions(List<Change<MeteredNode>> changes) {
        var additions = new TreeMap<String, Addition>();
        for (var change : changes) {
            MeteredNode before = change.before();
            MeteredNode after = change.after();
            Instant ready = after.firstReadyAt();
            if (before == null || ready == null) {
                continue;
            }
            BigDecimal difference = after.settledRateMillis().subtract(before.settledRateMillis());
            if (before.firstReadyAt() == null || difference.signum() != 0) {
                additions.merge(after.workspaceId(), new Addition(ready, difference), Addition::and);
            }
        }
        return additions;
    }
}
