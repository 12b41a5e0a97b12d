package io.nodeledger.query.node;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.record.NodeFold;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.projection.Projection;
import io.nodeledger.query.projection.StoredEvent;
import org.jspecify.annotations.Nullable;

/** Folds a node's stream into its row. */
public final class NodeProjection implements Projection<NodeRecord> {

    @Override
    public @Nullable String keyOf(StoredEvent event) {
        return event.payload() instanceof NodeEvent happened ? happened.nodeId() : null;
    }

    @Override
    public NodeRecord apply(@Nullable NodeRecord row, StoredEvent stored) {
        return NodeFold.after(row, (NodeEvent) stored.payload(), stored.sequence());
    }
}
