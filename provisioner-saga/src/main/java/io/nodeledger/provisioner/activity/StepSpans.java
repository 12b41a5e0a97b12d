package io.nodeledger.provisioner.activity;

import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.base.tracing.Work;
import io.nodeledger.events.cause.Cause;
import java.util.Map;
import java.util.function.Supplier;

/** Executions of activity rows as spans of the trace that made them due; the log says whom they are for. */
final class StepSpans {
    private final Tracing tracing;

    StepSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Executes a row, whose name says what it is, also when its data can't be read. */
    <T> T around(TaskInstance<StepTask> row, Supplier<T> execution) {
        String[] name = row.getId().split("/", -1);
        Map<String, String> cause = causeOf(row);
        try (var work = tracing.begin("activity " + name[2], cause.get(Cause.TRACE_PARENT))
                .about(Work.REQUEST_ID, cause.get(Cause.REQUEST_ID))
                .about(Work.NODE_ID, name[0])
                .about(Work.OPERATION_ID, name[1])) {
            try {
                return execution.get();
            } catch (RuntimeException failure) {
                work.failed(failure);
                throw failure;
            }
        }
    }

    private static Map<String, String> causeOf(TaskInstance<StepTask> row) {
        try {
            return row.getData().cause();
        } catch (RuntimeException unreadable) {
            // Whoever executes the row tells people of it.
            return Map.of();
        }
    }
}
