package io.nodeledger.query.node;

import io.nodeledger.query.audit.AuditJournal;
import io.nodeledger.query.operation.OperationProjection;
import io.nodeledger.query.operation.OperationTables;
import io.nodeledger.query.projection.Part;
import io.nodeledger.query.projection.ReadModel;
import java.util.List;

/** Everything that follows from the streams of nodes: one processor reads them once and writes it together. */
public final class NodeReadModel {
    public static final ReadModel READ_MODEL = new ReadModel(
            "nodes",
            List.of(
                    new Part<>(
                            NodeTables.NODES, new NodeProjection(), List.of(new NodeCounts(), AuditJournal.journal())),
                    new Part<>(OperationTables.OPERATIONS, new OperationProjection(), List.of())));

    private NodeReadModel() {}
}
