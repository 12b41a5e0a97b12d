package io.nodeledger.query.operation;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.operation.StepRow.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An operation's steps in their order; after it has turned back, followed by the steps that undo it. */
final class StepList {
    private StepList() {}

    static List<StepRow> of(OperationType type) {
        return type.steps().stream().map(StepRow::pending).toList();
    }

    /** The steps of an operation that leaves one of them out from the start. */
    static List<StepRow> without(List<StepRow> steps, Step leftOut, String why) {
        return steps.stream()
                .map(row -> row.step() == leftOut ? new StepRow(leftOut, Status.SKIPPED, 0, null, null, why) : row)
                .toList();
    }

    /**
     * The steps with one of them changed; those before it that never began were not needed. A step that was not planned
     * is shown after the others: an unexpected plan must not keep everybody from reading.
     */
    static List<StepRow> change(List<StepRow> known, Step step, UnaryOperator<StepRow> change) {
        var steps = new ArrayList<>(known);
        if (indexOf(steps, step) < 0) {
            steps.add(StepRow.pending(step));
        }
        var place = indexOf(steps, step);
        var next = new ArrayList<StepRow>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            var row = steps.get(i);
            if (i < place && row.status() == Status.PENDING) {
                next.add(row.skipped());
            } else {
                next.add(i == place ? change.apply(row) : row);
            }
        }
        return List.copyOf(next);
    }

    /** The steps after one has ended: the one that comes next is being worked on from that moment. */
    static List<StepRow> advance(List<StepRow> steps, Instant at) {
        var next = new ArrayList<>(steps);
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i).isOpen()) {
                next.set(i, next.get(i).running(1, at, null));
                break;
            }
        }
        return List.copyOf(next);
    }

    /** The steps of an operation that turns back: what was not begun is skipped, what undoes it is to do. */
    static List<StepRow> turnBack(List<StepRow> steps, List<Step> compensation) {
        var next = new ArrayList<StepRow>();
        steps.forEach(row -> next.add(row.status() == Status.PENDING ? row.skipped() : row));
        compensation.forEach(step -> next.add(StepRow.pending(step)));
        return List.copyOf(next);
    }

    /** The steps of an operation that goes on by force, also when it had turned back: one of them is left out. */
    static List<StepRow> forced(List<StepRow> steps, OperationType type, Step leftOut, Instant at) {
        return steps.stream()
                .limit(type.steps().size())
                .map(row -> {
                    if (row.step() == leftOut) {
                        return row.status() == Status.SUCCEEDED ? row : row.leftOut(at);
                    }
                    return row.status() == Status.SUCCEEDED || row.isOpen() ? row : StepRow.pending(row.step());
                })
                .toList();
    }

    static List<StepRow> close(List<StepRow> steps, Status runningBecomes, Instant at) {
        return steps.stream().map(row -> row.closed(runningBecomes, at)).toList();
    }

    /** Percentage of the steps that do the operation which are behind it. */
    static int progress(List<StepRow> steps, OperationType type) {
        var own = steps.subList(0, type.steps().size());
        return (int) (100 * own.stream().filter(StepRow::isDone).count() / own.size());
    }

    private static int indexOf(List<StepRow> steps, Step step) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).step() == step) {
                return i;
            }
        }
        return -1;
    }
}
