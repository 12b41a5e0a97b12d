package io.nodeledger.query.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** An operation in the shape of the API (source: API decisions, "Operations"). */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationView(
        String id,
        String type,
        String nodeId,
        String status,
        int progress,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant estimatedCompletion,
        List<StepView> steps,
        OperationRow.@Nullable Failure error,
        String requestedBy,
        String requestId) {

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

    static OperationView of(OperationRow row) {
        var origin = row.origin();
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
                row.error(),
                origin.requestedBy(),
                origin.requestId());
    }
}
