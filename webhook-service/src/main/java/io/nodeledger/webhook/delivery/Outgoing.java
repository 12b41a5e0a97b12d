package io.nodeledger.webhook.delivery;

import io.cloudevents.CloudEvent;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.webhook.endpoint.EndpointTable.Listening;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event of the topic, as webhooks send it: {@code {id, type, event, created_at, timestamp, workspace_id, sequence, data}}, so that
 * consumers of any documented shape find their fields (source: API decisions).
 *
 * @param labels of the node, by which endpoints filter
 * @param traceParent the trace that the event belongs to
 * @param requestId of what began it all
 */
record Outgoing(
        String eventId,
        String type,
        String workspaceId,
        String nodeId,
        long position,
        Instant at,
        Map<String, String> labels,
        String body,
        @Nullable String traceParent,
        @Nullable String requestId) {

    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST = 255;

    /**
     * What the event of a record says; nothing if it is none of ours. Whoever may write to the topic may write anything, and what
     * can't be kept would come again for ever.
     */
    static Optional<Outgoing> of(ConsumerRecord<String, CloudEvent> record) {
        try {
            return Optional.of(read(Objects.requireNonNull(record.value(), "no event")));
        } catch (RuntimeException foreign) {
            LOG.error(
                    "What is at {} of {}-{} is none of ours and is passed over: {}",
                    record.offset(),
                    record.topic(),
                    record.partition(),
                    foreign.toString());
            return Optional.empty();
        }
    }

    private static Outgoing read(CloudEvent event) {
        JsonNode data =
                JSON.readTree(Objects.requireNonNull(event.getData(), "no data").toBytes());
        if (!data.isObject()) {
            throw new IllegalArgumentException("The data is no object");
        }
        Instant at = Objects.requireNonNull(event.getTime(), "no time").toInstant();
        String id = text("id", event.getId());
        String type = text("type", event.getType());
        String workspaceId = text("workspaceid", event.getExtension("workspaceid"));
        var labels = new HashMap<String, String>();
        data.path("node")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        String requestId = data.path("request_id").asString("");
        return new Outgoing(
                id,
                type,
                workspaceId,
                text("subject", event.getSubject()),
                Long.parseLong(text("position", event.getExtension("position"))),
                at,
                Map.copyOf(labels),
                body(id, type, at, workspaceId, text("sequence", event.getExtension("sequence")), data),
                Tracing.wellFormed(event.getExtension("traceparent")),
                requestId.isEmpty() || !isText(requestId) ? null : requestId);
    }

    /** A text that the database takes, as a key too. */
    private static String text(String name, @Nullable Object value) {
        if (value instanceof String text && isText(text)) {
            return text;
        }
        throw new IllegalArgumentException("The " + name + " is none of ours");
    }

    private static boolean isText(String text) {
        return text.length() <= LONGEST
                && text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }

    /**
     * The whole payload.
     *
     * @param sequence its place among the events of its node, null if it is of none
     */
    static String body(
            String id, String type, Instant at, String workspaceId, @Nullable String sequence, JsonNode data) {
        var body = JSON.createObjectNode();
        body.put("id", id);
        body.put("type", type);
        body.put("event", type);
        body.put("created_at", at.toString());
        body.put("timestamp", at.toString());
        body.put("workspace_id", workspaceId);
        if (sequence != null) {
            body.put("sequence", sequence);
        }
        body.set("data", data);
        return JSON.writeValueAsString(body);
    }

    boolean isFor(Listening endpoint) {
        return endpoint.workspaceId().equals(workspaceId) && endpoint.filter().passes(type, labels);
    }
}
