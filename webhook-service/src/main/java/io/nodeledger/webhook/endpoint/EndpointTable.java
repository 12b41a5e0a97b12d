package io.nodeledger.webhook.endpoint;

import io.nodeledger.events.webhook.WebhookTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads endpoints, which are written with their events. */
public final class EndpointTable {
    static final JsonMapper JSON = JsonMapper.shared();

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private static final String SELECT = """
            select id, workspace_id, url, event_types, node_labels, description, enabled, disabled_reason, created_at,
                   updated_at
              from webhook.endpoint""";

    private final JdbcClient jdbc;

    public EndpointTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The endpoint, if the workspace has it. */
    public Optional<Endpoint> find(String workspaceId, String endpointId) {
        return jdbc.sql(SELECT + " where workspace_id = ? and id = ?")
                .params(workspaceId, endpointId)
                .query((row, _) -> endpoint(row))
                .optional();
    }

    /** All of a workspace, the oldest first. */
    List<Endpoint> of(String workspaceId) {
        return jdbc.sql(SELECT + " where workspace_id = ? order by id")
                .param(workspaceId)
                .query((row, _) -> endpoint(row))
                .list();
    }

    /**
     * Those that an event may have to be sent to.
     *
     * @param workspaceIds of the events
     */
    public List<Listening> listeningIn(List<String> workspaceIds) {
        return jdbc.sql("""
                        select id, workspace_id, event_types, node_labels, after_position from webhook.endpoint
                         where enabled and workspace_id = any(?)""")
                .param(workspaceIds.toArray(String[]::new))
                .query((row, _) -> new Listening(
                        row.getString("id"),
                        row.getString("workspace_id"),
                        Filter.of(words(row), labels(row)),
                        row.getLong("after_position")))
                .list();
    }

    /**
     * An endpoint that is sent something.
     *
     * @param afterPosition what happened until then is not sent by itself
     */
    public record Listening(String id, String workspaceId, Filter filter, long afterPosition) {}

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(
                row.getString("id"),
                row.getString("workspace_id"),
                new WebhookTarget(row.getString("url"), words(row), labels(row), row.getString("description")),
                row.getBoolean("enabled"),
                row.getString("disabled_reason"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static List<String> words(ResultSet row) throws SQLException {
        return Arrays.asList((String[]) row.getArray("event_types").getArray());
    }

    private static Map<String, String> labels(ResultSet row) throws SQLException {
        return JSON.readValue(row.getString("node_labels"), LABELS);
    }
}
