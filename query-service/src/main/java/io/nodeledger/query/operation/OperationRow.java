package io.nodeledger.query.operation;

import io.nodeledger.events.operation.OperationType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the log tells it.
 *
 * @param origin who asked for what, which never changes
 * @param progress percentage, which never falls
 * @param undoing whether it failed and is being undone
 * @param error why it failed
 */
public record OperationRow(
        Origin origin,
        OperationStatus status,
        int progress,
        boolean undoing,
        List<StepRow> steps,
        @Nullable Instant finishedAt,
        @Nullable Failure error) {

    /** Who asked for what. */
    public record Origin(
            String id,
            OperationType type,
            String nodeId,
            String workspaceId,
            Instant startedAt,
            @Nullable Instant estimatedCompletion,
            String requestedBy,
            String requestId) {}

    /**
     * What made it fail.
     *
     * @param attention true when nobody but a person can go on from there, null otherwise
     */
    public record Failure(
            String code,
            String message,
            String step,
            @Nullable Boolean attention) {
        Failure(String code, String message, String step) {
            this(code, message, step, null);
        }
    }

    OperationRow planned(List<StepRow> next) {
        return new OperationRow(origin, status, progress, undoing, next, finishedAt, error);
    }

    OperationRow with(List<StepRow> next) {
        var reached = undoing ? progress : Math.max(progress, StepList.progress(next, origin.type()));
        return new OperationRow(
                origin, OperationStatus.RUNNING, Math.min(99, reached), undoing, next, finishedAt, error);
    }

    OperationRow turnedBack(List<StepRow> next, Failure because) {
        return new OperationRow(origin, OperationStatus.RUNNING, progress, true, next, null, because);
    }

    OperationRow forced(List<StepRow> next) {
        return new OperationRow(origin, OperationStatus.RUNNING, progress, false, next, null, null).with(next);
    }

    OperationRow ended(OperationStatus how, List<StepRow> next, Instant at, @Nullable Failure because) {
        var reached = how == OperationStatus.SUCCEEDED ? 100 : progress;
        return new OperationRow(origin, how, reached, undoing, next, at, because);
    }
}
