package io.nodeledger.model.life;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import java.util.EnumSet;
import java.util.Set;

/** What anybody can know of a running operation who reads its events. */
final class SeenOperation {
    private final String id;
    private final OperationType type;
    private final boolean canReturn;
    private final Set<Step> done = EnumSet.noneOf(Step.class);
    private boolean force;
    private boolean turnedBack;
    private boolean calledOff;

    private SeenOperation(String id, OperationType type, boolean canReturn, boolean force) {
        this.id = id;
        this.type = type;
        this.canReturn = canReturn;
        this.force = force;
    }

    static SeenOperation provision(String id) {
        return new SeenOperation(id, OperationType.PROVISION, true, false);
    }

    static SeenOperation update(String id) {
        return new SeenOperation(id, OperationType.UPDATE, true, false);
    }

    static SeenOperation power(PowerEvent.PowerOperationStarted event) {
        boolean canReturn = event.type() != OperationType.START || event.formerStatus() == NodeStatus.STOPPED;
        var begun = new SeenOperation(event.operationId(), event.type(), canReturn, event.force());
        if (!event.drain()) {
            begun.done.add(Step.DRAIN);
        }
        return begun;
    }

    static SeenOperation deletion(NodeEvent.NodeDeletionStarted event) {
        boolean wasWell = event.formerStatus() != NodeStatus.ERROR && event.formerStatus() != NodeStatus.PROVISIONING;
        return new SeenOperation(event.operationId(), OperationType.DELETE, wasWell, event.force());
    }

    String id() {
        return id;
    }

    OperationType type() {
        return type;
    }

    boolean calledOff() {
        return calledOff;
    }

    boolean forced() {
        return force;
    }

    /** Whether calling it off leaves nothing of it (source: API decisions, "Operations"). */
    boolean canBeCalledOff() {
        if (turnedBack) {
            return false;
        }
        boolean untouched = !(done.contains(Step.CORDON) && done.contains(Step.DRAIN));
        boolean mayHavePods = done.contains(Step.BOOT) && done.contains(Step.ADDRESS);
        return switch (type) {
            case PROVISION -> true;
            case START -> canReturn && !mayHavePods;
            case STOP, REBOOT -> untouched;
            case DELETE -> untouched && !force && canReturn;
            case UPDATE -> false;
        };
    }

    void add(NodeEvent event) {
        switch (event) {
            case NodeEvent.StepSucceeded e -> done.add(e.step());
            case NodeEvent.MachineAddressed e -> done.add(e.step());
            case NodeEvent.StepFailed _ -> turnedBack = true;
            case NodeEvent.CancellationRequested _ -> {
                turnedBack = true;
                calledOff = true;
            }
            case NodeEvent.NodeDeletionForced _ -> {
                force = true;
                turnedBack = false;
                calledOff = false;
            }
            default -> {}
        }
    }
}
