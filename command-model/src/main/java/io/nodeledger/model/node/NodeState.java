package io.nodeledger.model.node;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import java.util.Optional;
import java.util.Set;

/** The states of a node (source: rulings, "State machine"). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
sealed interface NodeState {
    /** In which a node may have pods that a deletion has to move away. */
    Set<NodeStatus> MAY_HAVE_WORKLOADS = Set.of(NodeStatus.RUNNING, NodeStatus.STOPPING, NodeStatus.REBOOTING);

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

    /** The node is being started, stopped or rebooted. {@code former} is what it was in before. */
    record Switching(OperationProgress operation, NodeStatus former) implements NodeState {}

    /** Labels and taints are being changed; what the machine does is not. */
    record Updating(OperationProgress operation, NodeStatus former) implements NodeState {}

    /** The node goes. {@code former} is where it returns to when its workloads can't be moved away. */
    record Deleting(OperationProgress operation, NodeStatus former, boolean force) implements NodeState {
        /** Whether there is something to return to: a node that was well, and a machine that was made. */
        boolean canReturn() {
            return former != NodeStatus.ERROR && former != NodeStatus.PROVISIONING;
        }

        /** Whether workloads are being moved away, or will be. */
        boolean willDrain() {
            return MAY_HAVE_WORKLOADS.contains(former)
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
            case Switching s -> NodeStatus.during(s.operation().type());
            case Updating u -> u.former();
            case Deleting _ -> NodeStatus.DELETING;
            case Deleted _ -> NodeStatus.DELETED;
        };
    }

    /** The operation that runs, if any. */
    default Optional<OperationProgress> running() {
        return switch (this) {
            case Provisioning p -> Optional.of(p.operation());
            case Switching s -> Optional.of(s.operation());
            case Updating u -> Optional.of(u.operation());
            case Deleting d -> Optional.of(d.operation());
            case Running _, Stopped _, InError _, Deleted _ -> Optional.empty();
        };
    }

    /** The same state with its operation further on. */
    default NodeState with(OperationProgress next) {
        return switch (this) {
            case Provisioning _ -> new Provisioning(next);
            case Switching s -> new Switching(next, s.former());
            case Updating u -> new Updating(next, u.former());
            case Deleting d -> new Deleting(next, d.former(), d.force());
            case Running _, Stopped _, InError _, Deleted _ -> this;
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
