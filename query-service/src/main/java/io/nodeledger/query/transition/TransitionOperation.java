package io.nodeledger.query.transition;

import static io.nodeledger.events.transition.TransitionStage.AWAIT_WINDOW;
import static io.nodeledger.events.transition.TransitionStage.BACK_UP;
import static io.nodeledger.events.transition.TransitionStage.CONCLUDE;
import static io.nodeledger.events.transition.TransitionStage.DELETE;
import static io.nodeledger.events.transition.TransitionStage.GIVE_BACK;
import static io.nodeledger.events.transition.TransitionStage.MIGRATE;
import static io.nodeledger.events.transition.TransitionStage.MOVE_BACK;
import static io.nodeledger.events.transition.TransitionStage.PREPARE;
import static io.nodeledger.events.transition.TransitionStage.PROVISION;
import static io.nodeledger.events.transition.TransitionStage.REMOVE;
import static io.nodeledger.events.transition.TransitionStage.RESERVE;
import static io.nodeledger.events.transition.TransitionStage.SWITCH;

import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.events.transition.record.TransitionRecord.Failure;
import io.nodeledger.query.operation.OperationStatus;
import io.nodeledger.query.operation.OperationView;
import io.nodeledger.query.operation.OperationView.StepView;
import io.nodeledger.query.operation.StepRow.Status;
import io.nodeledger.query.transition.StageTimes.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A transition as the operation that it is: its stages are the steps. */
final class TransitionOperation {
    private static final String TYPE = "transition_";

    private TransitionOperation() {}

    /**
     * The operation that a transition is.
     *
     * @param completion when it will probably be where it was to; null when nobody knows, or nobody asks any more
     */
    static OperationView of(TransitionRow row, @Nullable Instant completion) {
        var transition = row.transition();
        var failure = transition.failure();
        var reason = transition.reason();
        boolean cancelled = transition.cancelled();
        return new OperationView(
                transition.id(),
                TYPE + transition.plan().target().word(),
                null,
                status(transition).word(),
                row.progress(),
                transition.times().createdAt(),
                transition.times().endedAt(),
                completion,
                steps(row),
                failure == null || cancelled
                        ? null
                        : new OperationView.Failure(
                                failure.code(), failure.reason(), failure.at().word()),
                transition.ended() == null && reason != null && reason.attention(),
                row.requestedBy(),
                row.requestId());
    }

    private static OperationStatus status(TransitionRecord transition) {
        return switch (transition.status()) {
            case COMPLETED -> OperationStatus.SUCCEEDED;
            case FAILED -> OperationStatus.FAILED;
            case CANCELLED -> OperationStatus.CANCELLED;
            default -> transition.started() ? OperationStatus.RUNNING : OperationStatus.PENDING;
        };
    }

    /** The percentage of the stages that lead to where it was to; what is undone does not count. */
    static int progress(TransitionRecord transition) {
        if (transition.ended() != null && transition.failure() == null) {
            return 100;
        }
        List<TransitionStage> forward = forward(transition);
        int done = forward.indexOf(transition.reached());
        return done < 0 ? 99 : 100 * done / forward.size();
    }

    private static List<StepView> steps(TransitionRow row) {
        TransitionRecord transition = row.transition();
        Failure failure = transition.failure();
        var steps = new ArrayList<StepView>();
        Status atFailure = transition.cancelled() ? Status.CANCELLED : Status.FAILED;
        add(
                steps,
                row.stages(),
                forward(transition),
                failure == null && transition.ended() != null ? CONCLUDE : transition.reached(),
                failure == null ? Status.RUNNING : atFailure,
                failure == null ? Status.PENDING : Status.SKIPPED,
                failure == null ? waitsFor(transition) : failure.reason());
        if (failure != null) {
            TransitionStage now = transition.stage().orElse(CONCLUDE);
            add(steps, row.stages(), back(transition), now, Status.RUNNING, Status.PENDING, waitsFor(transition));
        }
        return List.copyOf(steps);
    }

    private static void add(
            List<StepView> steps,
            StageTimes times,
            List<TransitionStage> stages,
            TransitionStage now,
            Status there,
            Status later,
            @Nullable String detail) {
        int reached = stages.contains(now) ? stages.indexOf(now) : stages.size();
        for (int i = 0; i < stages.size(); i++) {
            Status status = i < reached ? Status.SUCCEEDED : i == reached ? there : later;
            Optional<Span> span = i <= reached ? times.of(stages.get(i)) : Optional.empty();
            steps.add(new StepView(
                    stages.get(i).word(),
                    status.word(),
                    i <= reached ? 1 : 0,
                    span.map(Span::startedAt).orElse(null),
                    span.map(Span::finishedAt).orElse(null),
                    i == reached ? detail : null));
        }
    }

    private static @Nullable String waitsFor(TransitionRecord transition) {
        var reason = transition.reason();
        return reason == null ? null : reason.text();
    }

    private static List<TransitionStage> forward(TransitionRecord transition) {
        if (transition.toDedicated()) {
            return List.of(PROVISION, PREPARE, MIGRATE, SWITCH, GIVE_BACK);
        }
        return transition.plan().backup()
                ? List.of(AWAIT_WINDOW, RESERVE, BACK_UP, PREPARE, MIGRATE, SWITCH, DELETE)
                : List.of(AWAIT_WINDOW, RESERVE, PREPARE, MIGRATE, SWITCH, DELETE);
    }

    private static List<TransitionStage> back(TransitionRecord transition) {
        var stages = new ArrayList<TransitionStage>();
        if (transition.moved() != null) {
            stages.add(MOVE_BACK);
        }
        if (transition.toDedicated()) {
            stages.add(REMOVE);
        } else if (transition.started()) {
            stages.add(GIVE_BACK);
        }
        return List.copyOf(stages);
    }
}
