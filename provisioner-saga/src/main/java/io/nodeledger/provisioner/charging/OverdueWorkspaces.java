package io.nodeledger.provisioner.charging;

import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The workspaces whose nodes are stopped once their grace is over, in {@code provisioner.overdue_workspace}. */
public final class OverdueWorkspaces {
    private final JdbcClient jdbc;

    public OverdueWorkspaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Follows a workspace's stream. */
    public void follow(WorkspaceEvent event) {
        switch (event) {
            case CreditsExhausted exhausted
            when exhausted.afterGrace() == AfterGrace.STOP ->
                jdbc.sql("""
                            insert into provisioner.overdue_workspace (workspace_id, grace_ends_at) values (?, ?)
                            on conflict (workspace_id) do update set grace_ends_at = excluded.grace_ends_at""")
                        .params(exhausted.workspaceId(), Timestamp.from(exhausted.graceEndsAt()))
                        .update();
            case CreditsRestored restored ->
                jdbc.sql("delete from provisioner.overdue_workspace where workspace_id = ?")
                        .param(restored.workspaceId())
                        .update();
            default -> {}
        }
    }

    /** A node that runs and is not paid for. */
    record Unpaid(String nodeId, String workspaceId) {}

    /** The nodes of workspaces whose grace is over that run and are idle, as far as has been read. */
    List<Unpaid> running(Instant now) {
        return jdbc.sql("""
                        select n.node_id, n.workspace_id
                          from provisioner.overdue_workspace w
                          join provisioner.known_node n using (workspace_id)
                         where w.grace_ends_at <= ? and n.status = 'RUNNING' and n.operation_id is null
                         order by n.node_id""")
                .param(Timestamp.from(now))
                .query((row, _) -> new Unpaid(row.getString(1), row.getString(2)))
                .list();
    }
}
