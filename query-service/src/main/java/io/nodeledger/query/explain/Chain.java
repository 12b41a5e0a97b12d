package io.nodeledger.query.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.query.audit.AuditEntry;
import io.nodeledger.query.operation.OperationRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What an operation came from and what came of it.
 *
 * @param request what began it
 * @param activities what was done at the providers, in the order in which it was begun
 * @param events what is known outside of it, the first to the last effect
 * @param deliveries what webhooks were sent of them
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Chain(
        Operation operation,
        Request request,
        List<Activity> activities,
        List<AuditEntry> events,
        List<Delivery> deliveries) {

    /** The operation as it stands. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Operation(
            String id,
            String type,
            String status,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Failure error) {

        static Operation of(OperationRow row) {
            var error = row.error();
            return new Operation(
                    row.origin().id(),
                    row.origin().type().word(),
                    row.status().word(),
                    row.origin().startedAt(),
                    row.finishedAt(),
                    error == null ? null : new Failure(error.code(), error.message(), error.step()));
        }
    }

    /** Why it failed. */
    record Failure(String code, String message, String step) {}

    /**
     * Who wanted what.
     *
     * @param eventId the event that it became
     * @param causeEventId the event that made the platform want it, if it was the platform
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Request(
            AuditEntry.Actor actor,
            String requestId,
            @Nullable String sourceAddress,
            @Nullable String command,
            @Nullable String causeEventId,
            String eventId,
            Instant occurredAt) {

        static Request of(AuditEntry beginning) {
            return new Request(
                    beginning.actor(),
                    beginning.requestId(),
                    beginning.sourceAddress(),
                    beginning.cause().command(),
                    beginning.cause().eventId(),
                    beginning.id(),
                    beginning.occurredAt());
        }
    }

    /**
     * An event on its way to a webhook.
     *
     * @param status {@code pending}, {@code delivered}, {@code failed} or {@code cancelled}
     * @param attempts made so far
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Delivery(String id, String webhookId, String eventId, String status, int attempts) {}

    /** A step of the operation and every attempt at it. */
    record Activity(String step, List<Attempt> attempts) {}

    /**
     * One attempt at a step.
     *
     * @param outcome {@code succeeded}, {@code delayed} or {@code failed}; absent while nothing is known of its end
     * @param tasks ids of the provider's tasks that were started for it
     * @param eventIds the events that tell of it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Attempt(
            int attempt,
            @Nullable String outcome,
            @Nullable String code,
            @Nullable String detail,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            List<String> tasks,
            List<String> eventIds) {}
}
