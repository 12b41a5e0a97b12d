package io.nodeledger.query.cost.meter;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.events.metering.Meter;
import io.nodeledger.events.metering.Metered;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.query.projection.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node with its meter; it stays after the node's deletion, as bills do.
 *
 * @param firstReadyAt when it was first billed, null before
 * @param settledAt when it was known that it is billed no longer, null while it is; what it cost may have ended earlier
 */
record MeteredNode(
        String id,
        String workspaceId,
        String name,
        String region,
        PlanTerms terms,
        Meter meter,
        @Nullable Instant firstReadyAt,
        @Nullable Instant settledAt) {

    static final Table<MeteredNode> TABLE = new Table<>(
            "metered_nodes",
            MeteredNode.class,
            List.of(
                    column("id", "text", MeteredNode::id),
                    column("workspace_id", "text", MeteredNode::workspaceId),
                    column("name", "text", MeteredNode::name),
                    column("region", "text", MeteredNode::region),
                    column("plan_id", "text", node -> node.terms().planId()),
                    column(
                            "hourly_rate",
                            "numeric",
                            node -> node.terms().hourlyRate().toPlainString()),
                    column("first_ready_at", "timestamptz", MeteredNode::firstReadyAt),
                    column("settled_at", "timestamptz", MeteredNode::settledAt)));

    MeteredNode with(Meter next, Instant at) {
        boolean metered = !next.recent().isEmpty();
        boolean off = metered && next.recent().getLast().metered() == Metered.OFF;
        return new MeteredNode(
                id,
                workspaceId,
                name,
                region,
                terms,
                next,
                metered && firstReadyAt == null ? at : firstReadyAt,
                off ? (settledAt == null ? at : settledAt) : null);
    }
}
