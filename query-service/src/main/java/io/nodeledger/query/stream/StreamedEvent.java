package io.nodeledger.query.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.query.audit.AuditEntry;
import io.nodeledger.query.projection.RowJson;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What happened, as far as every reader of the workspace may know: neither hosts nor tasks of the provider.
 *
 * @param id the event's own id, the same as in the audit
 * @param status the node's status from then on
 * @param step of the operation, where the event is about one
 * @param detail what the step did or waits for
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record StreamedEvent(
        String id,
        String type,
        String nodeId,
        @Nullable String operationId,
        @Nullable String status,
        @Nullable String step,
        @Nullable Integer attempt,
        @Nullable String detail,
        Instant occurredAt) {

    /** The message of an entry of the trail. */
    static StreamMessage message(AuditEntry entry, boolean internal) {
        String kind = internal ? "step" : entry.operationId() == null ? "node" : "operation";
        JsonNode data = entry.data();
        var event = new StreamedEvent(
                entry.id(),
                entry.type(),
                Objects.requireNonNull(entry.nodeId()),
                entry.operationId(),
                entry.after().status(),
                internal ? text(data, "step") : null,
                internal && data.has("attempt") ? data.path("attempt").asInt() : null,
                internal ? detail(data) : null,
                entry.occurredAt());
        return new StreamMessage(entry.position(), kind, RowJson.MAPPER.writeValueAsString(event));
    }

    private static @Nullable String detail(JsonNode data) {
        String detail = text(data, "detail");
        return detail == null ? text(data, "reason") : detail;
    }

    private static @Nullable String text(JsonNode data, String field) {
        JsonNode value = data.get(field);
        return value == null || value.isNull() ? null : value.asString();
    }
}
