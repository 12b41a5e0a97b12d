package io.nodeledger.provisioner.activity;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.axonframework.eventhandling.EventMessage;

/** Activities as db-scheduler rows, written in the transaction of whoever schedules them. */
final class ScheduledActivities implements Activities {
    /** The channel on which due activities are announced to every instance. */
    static final String CHANNEL = "activities";

    private final SchedulerClient client;
    private final Wakeups wakeups;
    private final InstantSource clock;

    ScheduledActivities(SchedulerClient client, Wakeups wakeups, InstantSource clock) {
        this.client = client;
        this.wakeups = wakeups;
        this.clock = clock;
    }

    @Override
    public void schedule(String nodeId, OperationProgress operation, Step step, EventMessage<?> because) {
        Cause cause = Cause.fromMetadata(because.getMetaData()).continuedBy(because.getIdentifier());
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var task = new StepTask(nodeId, operation.id(), step, operation.round(), 1, now, cause.asMetadata(), null);
        client.scheduleIfNotExists(StepActivity.TASK
                .instance(instanceName(nodeId, operation, step))
                .data(task)
                .scheduledTo(now));
        wakeups.signal(CHANNEL);
    }

    /** Round and direction are part of the name: the row of an earlier time may not have been removed yet. */
    private static String instanceName(String nodeId, OperationProgress operation, Step step) {
        return "%s/%s/%s/%d%s"
                .formatted(
                        nodeId,
                        operation.id(),
                        step.word(),
                        operation.round(),
                        operation.compensating() ? "/back" : "");
    }
}
