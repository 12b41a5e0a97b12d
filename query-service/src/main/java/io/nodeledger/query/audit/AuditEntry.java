package io.nodeledger.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.query.projection.Change;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One fact of the audit trail (source: API decisions, "Shapes fixed here").
 *
 * @param id the event's own id; a denied attempt has one of its own
 * @param position its place in the order of all events; of a denied attempt that of the last event before it
 * @param outcome {@code denied} of an attempt that was, absent of what happened
 * @param nodeId absent where it is about the workspace alone
 * @param transitionId the transition of the workspace that it belongs to, absent where it belongs to none
 * @param before the status before it of the node, the workspace, the transition or the webhook; empty when it is the first event, or was denied
 * @param data what else there is to say
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        String id,
        long position,
        Instant occurredAt,
        String type,
        @Nullable String outcome,
        @Nullable String nodeId,
        @Nullable String operationId,
        @Nullable String transitionId,
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

    /** The status of a node or a workspace at a moment. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(@Nullable String status) {}

    /**
     * What happened by an event.
     *
     * @param status the status of a row
     */
    static <R> AuditEntry of(Change<R> change, Function<R, String> status, Said said) {
        var stored = change.event();
        var before = change.before();
        var cause = stored.cause();
        return new AuditEntry(
                stored.id(),
                stored.position(),
                said.at(),
                said.type(),
                null,
                said.nodeId(),
                said.operationId(),
                said.transitionId(),
                new Actor(cause.actorId(), cause.actorType(), cause.actorRole()),
                new CausedBy(cause.command(), cause.causingEventId()),
                cause.requestId(),
                cause.sourceAddress(),
                new Status(before == null ? null : status.apply(before)),
                new Status(status.apply(change.after())),
                said.data());
    }

    /** What an event says of what it is about. */
    record Said(
            String type,
            Instant at,
            @Nullable String nodeId,
            @Nullable String operationId,
            @Nullable String transitionId,
            JsonNode data) {}
}
