package io.nodeledger.provisioner.transition;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where workspaces' namespaces were ever directed to dedicated nodes, in {@code provisioner.directed_region}. They may be so
 * still when the last node there has been deleted.
 */
final class DirectedRegions {
    private final JdbcClient jdbc;

    DirectedRegions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(String workspaceId, String region) {
        jdbc.sql("insert into provisioner.directed_region (workspace_id, region) values (?, ?) on conflict do nothing")
                .params(workspaceId, region)
                .update();
    }

    List<String> of(String workspaceId) {
        return jdbc.sql("select region from provisioner.directed_region where workspace_id = ?")
                .param(workspaceId)
                .query(String.class)
                .list();
    }
}
