package io.nodeledger.provisioner.incident;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The incidents that have been told and are not over, in {@code provisioner.open_incident}. */
public final class OpenIncidents {
    private final JdbcClient jdbc;

    public OpenIncidents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Follows a node's stream. A node that no longer runs has none. */
    public void follow(NodeEvent event) {
        switch (event) {
            case HealthEvent.HealthCheckFailed e -> open(e.nodeId(), Vitals.HEALTH);
            case HealthEvent.HealthRecovered e -> close(e.nodeId(), Vitals.HEALTH);
            case HealthEvent.ThresholdExceeded e ->
                open(e.nodeId(), e.resource().name());
            case HealthEvent.ThresholdCleared e ->
                close(e.nodeId(), e.resource().name());
            default ->
                NodeStatus.after(event)
                        .filter(status -> status != NodeStatus.RUNNING)
                        .ifPresent(_ -> jdbc.sql("delete from provisioner.open_incident where node_id = ?")
                                .param(event.nodeId())
                                .update());
        }
    }

    private void open(String nodeId, String kind) {
        jdbc.sql("insert into provisioner.open_incident (node_id, kind) values (?, ?) on conflict do nothing")
                .params(nodeId, kind)
                .update();
    }

    private void close(String nodeId, String kind) {
        jdbc.sql("delete from provisioner.open_incident where node_id = ? and kind = ?")
                .params(nodeId, kind)
                .update();
    }
}
