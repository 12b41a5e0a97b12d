package io.nodeledger.query.operation;

import io.nodeledger.events.node.MembershipEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeReady;
import io.nodeledger.events.node.NodeEvent.MachineAddressed;
import io.nodeledger.events.node.NodeEvent.MachineAllocated;
import io.nodeledger.events.node.NodeEvent.MachineIdBurnt;
import io.nodeledger.events.node.NodeEvent.MachineInspected;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningRetried;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.Observed;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.NodeEvent.Progress;
import io.nodeledger.events.node.NodeEvent.ProviderTaskStarted;
import io.nodeledger.events.node.NodeEvent.StepDelayed;
import io.nodeledger.events.node.NodeEvent.StepFailed;
import io.nodeledger.events.node.NodeEvent.StepSucceeded;
import io.nodeledger.events.node.OperationEnd;
import io.nodeledger.events.node.OperationEnd.Result;
import io.nodeledger.events.node.OperationOf;
import io.nodeledger.events.node.PowerEvent.NodeRebooted;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.node.SettingsEvent;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import io.nodeledger.events.node.UpdateEvent.NodeUpdated;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.operation.OperationRow.Failure;
import io.nodeledger.query.operation.StepRow.Status;
import io.nodeledger.query.projection.Projection;
import io.nodeledger.query.projection.StoredEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folds the events of a node's stream that name an operation into that operation's row. */
public final class OperationProjection implements Projection<OperationRow> {

    @Override
    public @Nullable String keyOf(StoredEvent event) {
        return event.payload() instanceof NodeEvent happened ? OperationOf.event(happened) : null;
    }

    @Override
    public OperationRow apply(@Nullable OperationRow row, StoredEvent stored) {
        return switch ((NodeEvent) stored.payload()) {
            case NodeProvisioningStarted event ->
                begin(
                        OperationType.PROVISION,
                        event.operationId(),
                        event.workspaceId(),
                        event.estimatedReadyAt(),
                        event,
                        stored);
            case NodeDeletionStarted event ->
                begin(
                        OperationType.DELETE,
                        event.operationId(),
                        event.workspaceId(),
                        event.estimatedEndAt(),
                        event,
                        stored);
            case NodeProvisioningRetried event ->
                begin(
                        OperationType.PROVISION,
                        event.operationId(),
                        event.workspaceId(),
                        event.estimatedReadyAt(),
                        event,
                        stored);
            case PowerOperationStarted event -> powerBegun(event, stored);
            case NodeUpdateStarted event ->
                begin(
                        OperationType.UPDATE,
                        event.operationId(),
                        event.workspaceId(),
                        event.estimatedEndAt(),
                        event,
                        stored);
            case Progress event -> progressed(existing(row, stored), event);
            case CancellationRequested event -> calledOff(existing(row, stored), event);
            case Observed _, SettingsEvent _, MembershipEvent _ ->
                throw new IllegalStateException(stored.id() + " belongs to no operation");
            case NodeDeletionForced event -> forced(existing(row, stored), event.effectiveAt());
            case NodeProvisioningCompleted event -> succeeded(existing(row, stored), event);
            case NodeDeleted event -> succeeded(existing(row, stored), event);
            case NodeStarted event -> succeeded(existing(row, stored), event);
            case NodeStopped event -> succeeded(existing(row, stored), event);
            case NodeRebooted event -> succeeded(existing(row, stored), event);
            case NodeUpdated event -> succeeded(existing(row, stored), event);
            case OperationCancelled event ->
                end(existing(row, stored), OperationStatus.CANCELLED, Status.CANCELLED, event.effectiveAt(), null);
            case NodeProvisioningFailed event ->
                undone(existing(row, stored), event, event.code(), event.reason(), event.failedStep());
            case NodeDeletionFailed event ->
                undone(existing(row, stored), event, event.code(), event.reason(), event.failedStep());
            case PowerOperationFailed event ->
                undone(existing(row, stored), event, event.code(), event.reason(), event.failedStep());
            case NodeUpdateFailed event ->
                undone(existing(row, stored), event, event.code(), event.reason(), event.failedStep());
            case NodeNeedsAttention event ->
                end(
                        existing(row, stored),
                        OperationStatus.FAILED,
                        // The step that failed says so itself; the one that would have been next was not begun.
                        Status.SKIPPED,
                        event.effectiveAt(),
                        new Failure(
                                event.code(), event.reason(), event.failedStep().word(), true));
        };
    }

    private static OperationRow succeeded(OperationRow row, NodeEvent event) {
        return end(row, OperationStatus.SUCCEEDED, Status.SUCCEEDED, event.effectiveAt(), null);
    }

    /** What was called off and undone is cancelled; it is no failure. */
    private static OperationRow undone(OperationRow row, NodeEvent event, String code, String reason, Step step) {
        var at = event.effectiveAt();
        return OperationEnd.in(event)
                        .filter(end -> end.result() == Result.CANCELLED)
                        .isPresent()
                ? end(row, OperationStatus.CANCELLED, Status.SUCCEEDED, at, null)
                : end(row, OperationStatus.FAILED, Status.SUCCEEDED, at, failure(code, reason, step));
    }

    private static OperationRow powerBegun(PowerOperationStarted event, StoredEvent stored) {
        var begun =
                begin(event.type(), event.operationId(), event.workspaceId(), event.estimatedEndAt(), event, stored);
        return event.drain() || event.type() == OperationType.START
                ? begun
                : begun.planned(
                        StepList.without(begun.steps(), Step.DRAIN, event.force() ? "Forced" : "Not asked for"));
    }

    private static OperationRow calledOff(OperationRow row, CancellationRequested event) {
        var at = event.effectiveAt();
        var stopped = StepList.change(
                row.steps(),
                event.step(),
                step -> step.ended(Status.CANCELLED, step.attempt(), step.startedAt(), at, step.detail()));
        return row.turnedBack(
                StepList.advance(StepList.turnBack(stopped, event.type().cancellation()), at),
                failure(CancellationRequested.CODE, event.reason(), event.step()));
    }

    private static OperationRow progressed(OperationRow row, Progress happened) {
        var steps = row.steps();
        var at = happened.effectiveAt();
        var attempt = happened.attempt();
        return switch (happened) {
            case MachineAllocated event ->
                done(row, event, event.startedAt(), "Machine %d on %s".formatted(event.vmId(), event.host()));
            case MachineAddressed event -> done(row, event, event.startedAt(), event.privateAddress());
            case StepSucceeded event -> done(row, event, event.startedAt(), event.detail());
            case KubernetesNodeReady event -> done(row, event, event.startedAt(), null);
            case MachineInspected event ->
                done(
                        row,
                        event,
                        event.startedAt(),
                        "The machine is " + event.power().word());
            case ProviderTaskStarted event ->
                row.with(StepList.change(steps, event.step(), step -> step.running(attempt, at, event.upid())));
            case StepDelayed event ->
                row.with(StepList.change(steps, event.step(), step -> step.running(attempt, at, event.reason())));
            case MachineIdBurnt event -> row.with(startOver(row, event.reason(), at));
            case StepFailed event ->
                row.turnedBack(
                        StepList.advance(
                                StepList.turnBack(
                                        StepList.change(
                                                steps,
                                                event.step(),
                                                step -> step.ended(
                                                        Status.FAILED, attempt, event.startedAt(), at, event.reason())),
                                        row.undoing()
                                                ? List.of()
                                                : row.origin().type().compensation()),
                                at),
                        failure(event.code(), event.reason(), event.step()));
        };
    }

    private static OperationRow done(OperationRow row, Progress event, Instant began, @Nullable String detail) {
        var at = event.effectiveAt();
        var changed = StepList.change(
                row.steps(), event.step(), step -> step.ended(Status.SUCCEEDED, event.attempt(), began, at, detail));
        return row.with(StepList.advance(changed, at));
    }

    /** Another machine id has to be chosen, and everything that was done with the old one is done again. */
    private static List<StepRow> startOver(OperationRow row, String reason, Instant at) {
        var afresh = StepList.of(row.origin().type());
        return StepList.change(afresh, afresh.getFirst().step(), step -> step.running(1, at, reason));
    }

    private static OperationRow forced(OperationRow row, Instant at) {
        return row.forced(
                StepList.advance(StepList.forced(row.steps(), row.origin().type(), Step.DRAIN, at), at));
    }

    private static OperationRow begin(
            OperationType type,
            String operationId,
            String workspaceId,
            Instant estimate,
            NodeEvent event,
            StoredEvent stored) {
        return new OperationRow(
                new OperationRow.Origin(
                        operationId,
                        type,
                        event.nodeId(),
                        workspaceId,
                        event.effectiveAt(),
                        estimate,
                        stored.cause().actorId(),
                        stored.cause().requestId()),
                OperationStatus.PENDING,
                0,
                false,
                StepList.of(type),
                null,
                null);
    }

    private static OperationRow end(
            OperationRow row, OperationStatus how, Status runningBecomes, Instant at, @Nullable Failure because) {
        return row.ended(how, StepList.close(row.steps(), runningBecomes, at), at, because);
    }

    private static Failure failure(String code, String reason, Step step) {
        return new Failure(code, reason, step.word());
    }

    private static OperationRow existing(@Nullable OperationRow row, StoredEvent stored) {
        if (row == null) {
            throw new IllegalStateException("No operation began before " + stored.id());
        }
        return row;
    }
}
