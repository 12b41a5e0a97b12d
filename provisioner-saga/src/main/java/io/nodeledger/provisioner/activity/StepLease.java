package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.ActivityRows.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/** An attempt as db-scheduler's row and the node's stream allow it. */
final class StepLease implements Attempt {
    /** Steps that take machines away, or what runs on them, with those that prepare it. */
    private static final Set<Step> TAKING_AWAY = Set.of(
            Step.CORDON,
            Step.DRAIN,
            Step.REMOVE_FROM_KUBERNETES,
            Step.SHUT_DOWN,
            Step.HALT,
            Step.DESTROY,
            Step.VERIFY_GONE);

    private final StepTask task;
    private final String workspaceId;
    private final Supplier<Standing> standing;
    private final NodeStreams nodes;
    private final Outcomes outcomes;
    private final InstantSource clock;
    /** Up to here the stream wants this step. */
    private volatile long lastEvent;

    StepLease(
            StepTask task,
            String workspaceId,
            long lastEvent,
            Supplier<Standing> standing,
            NodeStreams nodes,
            Outcomes outcomes,
            InstantSource clock) {
        this.task = task;
        this.workspaceId = workspaceId;
        this.lastEvent = lastEvent;
        this.standing = standing;
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
        Standing now = assertOurs();
        if (now.restore() > 0 && TAKING_AWAY.contains(task.step())) {
            throw new BeforeRestore(now.restore());
        }
    }

    /** Whether this instance may still judge the step; what has found its work done needs no more than that. */
    Standing assertOurs() {
        Standing now = standing.get();
        if (!now.held()) {
            throw new LeaseLost("another instance has taken the step over");
        }
        if (now.lastEvent() != lastEvent) {
            if (!task.isDueFor(nodes.read(task.nodeId()))) {
                throw new LeaseLost("the operation was called off");
            }
            lastEvent = now.lastEvent();
        }
        return now;
    }
}
