package io.nodeledger.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One fact of the audit trail (source: API decisions, "Shapes fixed here").
 *
 * @param id the event's own id
 * @param position its place in the order of all events
 * @param before the node's status before it; empty when it is the node's first event
 * @param data what else the event says
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        String id,
        long position,
        Instant occurredAt,
        String type,
        String nodeId,
        @Nullable String operationId,
        Actor actor,
        CausedBy cause,
        String requestId,
        @Nullable String sourceAddress,
        Status before,
        Status after,
        JsonNode data) {

    /** Who acted, and in which role. */
    public record Actor(String id, String type, String role) {}

    /** The command that led to the event, and the event that made the platform send it. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CausedBy(
            @Nullable String command, @Nullable String eventId) {}

    /** A node's status at a moment. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(@Nullable String status) {}
}
