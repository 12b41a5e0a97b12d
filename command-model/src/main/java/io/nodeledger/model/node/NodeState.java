package io.nodeledger.model.node;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;

/** The states of a node (source: rulings, "State machine"). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
sealed interface NodeState {
    /** A machine is being made. */
    record Provisioning(OperationProgress operation) implements NodeState {}

    /** The machine runs and is billed. */
    record Running() implements NodeState {}

    /** The machine is there and powered off. */
    record Stopped() implements NodeState {}

    /**
     * Something ended badly; the node waits for a decision.
     *
     * @param withMachine whether there is, or may be, a machine still
     */
    record InError(boolean withMachine) implements NodeState {}

    /** The node goes. {@code former} is where it returns to when its workloads can't be moved away. */
    record Deleting(OperationProgress operation, NodeStatus former, boolean force) implements NodeState {
        /** Whether workloads are being moved away, or will be. */
        boolean willDrain() {
            return former == NodeStatus.RUNNING
                    && !force
                    && !operation.compensating()
                    && !operation.done().contains(Step.DRAIN);
        }
    }

    /** Terminal. */
    record Deleted() implements NodeState {}

    /** The state's word in the API. */
    default NodeStatus status() {
        return switch (this) {
            case Provisioning _ -> NodeStatus.PROVISIONING;
            case Running _ -> NodeStatus.RUNNING;
            case Stopped _ -> NodeStatus.STOPPED;
            case InError _ -> NodeStatus.ERROR;
            case Deleting _ -> NodeStatus.DELETING;
            case Deleted _ -> NodeStatus.DELETED;
        };
    }

    /** Whether the node has its machine, on or off, as it should. */
    default boolean isWell() {
        return this instanceof Running || this instanceof Stopped;
    }

    /** Whether no operation runs and there is something left of the node. */
    default boolean isSettled() {
        return isWell() || this instanceof InError;
    }

    /** Whether the node has no machine and none is being made. */
    default boolean isWithoutMachine() {
        return this instanceof Deleted || (this instanceof InError(boolean withMachine) && !withMachine);
    }

    /** The state to fall back to when an operation ends without success. */
    static NodeState settled(NodeStatus status, boolean withMachine) {
        return switch (status) {
            case RUNNING -> new Running();
            case STOPPED -> new Stopped();
            default -> new InError(withMachine);
        };
    }
}
