package io.nodeledger.query.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An operation in the shape of the API (source: API decisions, "Operations").
 *
 * @param nodeId absent of what is about a whole workspace
 * @param needsAttention whether a person has to look: it can't go on, or not by itself
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationView(
        String id,
        String type,
        @Nullable String nodeId,
        String status,
        int progress,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant estimatedCompletion,
        List<StepView> steps,
        @Nullable Failure error,
        boolean needsAttention,
        String requestedBy,
        String requestId) {

    /** What made it fail. */
    public record Failure(String code, String message, String step) {}

    /** One of its steps. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StepView(
            String step,
            String status,
            int attempt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String detail) {

        static StepView of(StepRow row) {
            return new StepView(
                    row.step().word(),
                    row.status().word(),
                    row.attempt(),
                    row.startedAt(),
                    row.finishedAt(),
                    row.detail());
        }
    }

    /** @param held whether something unforeseen keeps it from going on by itself */
    static OperationView of(OperationRow row, boolean held) {
        var origin = row.origin();
        var error = row.error();
        return new OperationView(
                origin.id(),
                origin.type().word(),
                origin.nodeId(),
                row.status().word(),
                row.progress(),
                origin.startedAt(),
                row.finishedAt(),
                origin.estimatedCompletion(),
                row.steps().stream().map(StepView::of).toList(),
                error == null ? null : new Failure(error.code(), error.message(), error.step()),
                held || (error != null && error.attention() != null),
                origin.requestedBy(),
                origin.requestId());
    }
}
