package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** An attempt as db-scheduler's row and the node's stream allow it. */
final class StepLease implements Attempt {
    private final StepTask task;
    private final String workspaceId;
    private final Instant deadline;
    private final BooleanSupplier held;
    private final NodeStreams nodes;
    private final Outcomes outcomes;
    private final InstantSource clock;

    StepLease(
            StepTask task,
            String workspaceId,
            Instant deadline,
            BooleanSupplier held,
            NodeStreams nodes,
            Outcomes outcomes,
            InstantSource clock) {
        this.task = task;
        this.workspaceId = workspaceId;
        this.deadline = deadline;
        this.held = held;
        this.nodes = nodes;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    @Override
    public int number() {
        return task.attempt();
    }

    @Override
    public Instant startedAt() {
        return task.startedAt();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void record(Outcome progress) {
        if (outcomes.record(task, workspaceId, progress) != OutcomeAnswer.RECORDED) {
            throw new LeaseLost("the node has gone on without this step");
        }
    }

    @Override
    public void assertLease() {
        if (!held.getAsBoolean()) {
            throw new LeaseLost("another instance has taken the step over");
        }
        if (!task.isDueFor(nodes.read(task.nodeId()))) {
            throw new LeaseLost("the operation was called off");
        }
    }
}
