package io.nodeledger.query.transition;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.query.audit.TransitionJournal;
import io.nodeledger.query.projection.Part;
import io.nodeledger.query.projection.ReadModel;
import io.nodeledger.query.projection.Table;
import java.util.List;

/** What follows from the streams of transitions. */
public final class TransitionReadModel {
    static final Table<TransitionRow> TRANSITIONS = new Table<>(
            "transitions",
            TransitionRow.class,
            List.of(
                    column("id", "text", row -> row.transition().id()),
                    column(
                            "workspace_id",
                            "text",
                            row -> row.transition().plan().workspaceId()),
                    column("status", "text", row -> row.transition().status().word()),
                    column(
                            "created_at",
                            "timestamptz",
                            row -> row.transition().times().createdAt())));

    /** What one processor fills. */
    public static final ReadModel READ_MODEL = new ReadModel(
            "transitions",
            List.of(new Part<>(TRANSITIONS, new TransitionProjection(), List.of(TransitionJournal.journal()))));

    private TransitionReadModel() {}
}
