package io.nodeledger.query.workspace;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.query.audit.WorkspaceJournal;
import io.nodeledger.query.projection.Journal;
import io.nodeledger.query.projection.Part;
import io.nodeledger.query.projection.ReadModel;
import io.nodeledger.query.projection.Table;
import java.util.List;

/** The tables of workspaces and their ledgers. */
public final class WorkspaceTables {
    static final Table<WorkspaceRow> WORKSPACES = new Table<>(
            "workspaces",
            WorkspaceRow.class,
            List.of(column("id", "text", WorkspaceRow::id), column("suspended", "boolean", WorkspaceRow::suspended)));

    /** What one processor fills. */
    public static final ReadModel READ_MODEL = new ReadModel(
            "workspaces",
            List.of(new Part<>(
                    WORKSPACES,
                    new WorkspaceProjection(),
                    List.of(new Journal<>(CreditLine.TABLE, CreditLine::of), WorkspaceJournal.journal()))));

    private WorkspaceTables() {}
}
