package io.nodeledger.events.operation;

import static io.nodeledger.events.operation.Step.*;

import java.util.List;
import java.util.Locale;

/**
 * Kinds of long-running operations, each with the steps that do it and the steps that undo it, in their order (source:
 * architecture, "Sagas decide, activities act").
 */
public enum OperationType {
    PROVISION,
    DELETE,
    START,
    STOP,
    REBOOT,
    /** Labels and taints. */
    UPDATE;

    /** The steps that do the operation. */
    public List<Step> steps() {
        return switch (this) {
            case PROVISION -> List.of(ALLOCATE, CLONE, CONFIGURE, RESIZE, BOOT, ADDRESS, JOIN, READY);
            case DELETE -> List.of(CORDON, DRAIN, REMOVE_FROM_KUBERNETES, HALT, DESTROY, VERIFY_GONE, RELEASE);
            case START -> List.of(BOOT, ADDRESS, READY, UNCORDON);
            case STOP -> List.of(CORDON, DRAIN, SHUT_DOWN);
            case REBOOT -> List.of(CORDON, DRAIN, SHUT_DOWN, BOOT, ADDRESS, READY, UNCORDON);
            case UPDATE -> List.of(RELABEL);
        };
    }

    /** The steps that undo a failed operation, from whatever point it reached; nothing undoes a write that failed. */
    public List<Step> compensation() {
        return switch (this) {
            case PROVISION -> List.of(REMOVE_FROM_KUBERNETES, HALT, DESTROY, VERIFY_GONE);
            case DELETE, START, STOP, REBOOT -> List.of(INSPECT, UNCORDON);
            case UPDATE -> List.of();
        };
    }

    /** The steps that undo an operation that was called off: a start that was not wanted is taken back, too. */
    public List<Step> cancellation() {
        return this == START ? List.of(HALT, INSPECT, UNCORDON) : compensation();
    }

    /** Whether it only changes what a machine does. */
    public boolean isPower() {
        return this == START || this == STOP || this == REBOOT;
    }

    /** The type's word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
