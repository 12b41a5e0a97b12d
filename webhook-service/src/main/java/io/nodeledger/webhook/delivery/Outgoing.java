package io.nodeledger.webhook.delivery;

import io.cloudevents.CloudEvent;
import io.nodeledger.webhook.endpoint.EndpointTable.Listening;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event of the topic, as webhooks send it: {@code {id, type, event, created_at, timestamp, workspace_id, data}}, so that
 * consumers of any documented shape find their fields (source: API decisions).
 *
 * @param labels of the node, by which endpoints filter
 */
record Outgoing(
        String eventId,
        String type,
        String workspaceId,
        String nodeId,
        long position,
        Instant at,
        Map<String, String> labels,
        String body) {

    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What the event says; nothing if it is none of ours. */
    static Optional<Outgoing> of(CloudEvent event) {
        try {
            return Optional.of(read(event));
        } catch (NullPointerException | NumberFormatException | JacksonException foreign) {
            LOG.error(
                    "The event {} of {} is none of ours and is passed over", event.getId(), event.getSource(), foreign);
            return Optional.empty();
        }
    }

    private static Outgoing read(CloudEvent event) {
        JsonNode data = JSON.readTree(Objects.requireNonNull(event.getData()).toBytes());
        Instant at = Objects.requireNonNull(event.getTime()).toInstant();
        String workspaceId = (String) Objects.requireNonNull(event.getExtension("workspaceid"));
        var labels = new HashMap<String, String>();
        data.path("node")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return new Outgoing(
                event.getId(),
                event.getType(),
                workspaceId,
                Objects.requireNonNull(event.getSubject()),
                Long.parseLong((String) Objects.requireNonNull(event.getExtension("position"))),
                at,
                Map.copyOf(labels),
                body(event.getId(), event.getType(), at, workspaceId, data));
    }

    /** The whole payload. */
    static String body(String id, String type, Instant at, String workspaceId, JsonNode data) {
        var body = JSON.createObjectNode();
        body.put("id", id);
        body.put("type", type);
        body.put("event", type);
        body.put("created_at", at.toString());
        body.put("timestamp", at.toString());
        body.put("workspace_id", workspaceId);
        body.set("data", data);
        return JSON.writeValueAsString(body);
    }

    boolean isFor(Listening endpoint) {
        return endpoint.workspaceId().equals(workspaceId) && endpoint.filter().passes(type, labels);
    }
}
