package io.nodeledger.provisioner.incident;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.SettingsEvent.NodeThresholdsChanged;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceThresholdsChanged;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The thresholds that nodes and workspaces set themselves, in {@code provisioner.node_thresholds} and
 * {@code provisioner.workspace_thresholds}.
 */
public final class OwnThresholds {
    private final JdbcClient jdbc;

    public OwnThresholds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Follows a node's stream. */
    public void follow(NodeEvent event) {
        switch (event) {
            case NodeThresholdsChanged changed -> keep("node", changed.nodeId(), changed.thresholds());
            case NodeDeleted deleted -> forget("node", deleted.nodeId());
            default -> {}
        }
    }

    /** Follows a workspace's stream. */
    public void follow(WorkspaceThresholdsChanged event) {
        keep("workspace", event.workspaceId(), event.thresholds());
    }

    private void keep(String owner, String id, Thresholds thresholds) {
        if (thresholds.equals(Thresholds.NONE)) {
            forget(owner, id);
            return;
        }
        var values = new ArrayList<@Nullable Object>(Arrays.asList(id));
        for (Threshold each : Arrays.asList(thresholds.cpu(), thresholds.memory(), thresholds.storage())) {
            values.add(each == null ? null : each.percentage());
            values.add(each == null ? null : each.forSeconds());
        }
        jdbc.sql("""
                        insert into provisioner.%1$s_thresholds (%1$s_id, cpu_percentage, cpu_for_seconds,
                               memory_percentage, memory_for_seconds, storage_percentage, storage_for_seconds)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (%1$s_id) do update
                           set cpu_percentage = excluded.cpu_percentage, cpu_for_seconds = excluded.cpu_for_seconds,
                               memory_percentage = excluded.memory_percentage,
                               memory_for_seconds = excluded.memory_for_seconds,
                               storage_percentage = excluded.storage_percentage,
                               storage_for_seconds = excluded.storage_for_seconds""".formatted(owner)).params(values).update();
    }

    private void forget(String owner, String id) {
        jdbc.sql("delete from provisioner.%1$s_thresholds where %1$s_id = ?".formatted(owner))
                .param(id)
                .update();
    }
}
