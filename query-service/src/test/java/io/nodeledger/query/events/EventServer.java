package io.nodeledger.query.events;

import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The read side with the table of events, which is another service's and made here as that makes it. */
final class EventServer implements AutoCloseable {
    static final String NODES = "/api/v1/workspaces/ws-123/nodes";

    private final QueryServer server = new QueryServer();
    private final JdbcClient jdbc = server.bean(JdbcClient.class);

    EventServer() {
        server.append(Workspaces.registered("ws-123"));
    }

    QueryServer http() {
        return server;
    }

    void makeTable() {
        jdbc.sql("""
                        CREATE SCHEMA provisioner;
                        CREATE TABLE provisioner.kubernetes_event (
                          region text, id text COLLATE "C", node_id text COLLATE "C", type text, reason text,
                          message text, source text, count bigint, first_at timestamptz, last_at timestamptz,
                          PRIMARY KEY (region, id));
                        CREATE INDEX kubernetes_events_of_node
                          ON provisioner.kubernetes_event (region, node_id, last_at DESC, id DESC)""").update();
    }

    /** Begins the history of a node at ten o'clock on 20 January 2024. */
    static History node(String id) {
        return new History(id, "ws-123", "name-of-" + id, Instant.parse("2024-01-20T10:00:00Z"));
    }

    void append(History history) {
        server.append(history);
    }

    /** Appends what comes to a history that is there already. */
    void append(History history, int from) {
        server.append(history.events().subList(from, history.events().size()));
    }

    /** An event of the node's cluster in us-west-2. */
    void tell(String nodeId, String id, String type, String source, String lastAt) {
        tell("us-west-2", nodeId, id, type, source, lastAt);
    }

    void tell(String region, String nodeId, String id, String type, String source, String lastAt) {
        jdbc.sql("""
                        INSERT INTO provisioner.kubernetes_event VALUES
                          (?, ?, ?, ?, ?, 'message of ' || ?, ?, 1, ?::timestamptz, ?::timestamptz)""")
                .params(List.of(region, id, nodeId, type, "Reason" + id, id, source, lastAt, lastAt))
                .update();
    }

    /** The event happens once more. */
    void repeat(String id, String lastAt) {
        jdbc.sql("UPDATE provisioner.kubernetes_event SET count = count + 1, last_at = ?::timestamptz WHERE id = ?")
                .params(lastAt, id)
                .update();
    }

    void forgetAll() {
        jdbc.sql("TRUNCATE provisioner.kubernetes_event").update();
    }

    /** The reasons in the answer to a request for a node's events. */
    List<String> reasons(String nodeId, String query) {
        return reasons(server.get(path(nodeId) + query).data().valueStream().toList());
    }

    /** All reasons, part by part. */
    List<String> reasonsByParts(String nodeId, String query) {
        return reasons(server.all(path(nodeId) + query));
    }

    static List<String> reasons(List<JsonNode> events) {
        return events.stream().map(event -> event.get("reason").asString()).toList();
    }

    static String path(String nodeId) {
        return NODES + "/" + nodeId + "/events";
    }

    @Override
    public void close() {
        server.close();
    }
}
