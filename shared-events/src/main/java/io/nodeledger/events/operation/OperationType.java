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
    DELETE;

    /** The steps that do the operation. */
    public List<Step> steps() {
        return switch (this) {
            case PROVISION -> List.of(ALLOCATE, CLONE, CONFIGURE, RESIZE, BOOT, ADDRESS, JOIN, READY);
            case DELETE -> List.of(CORDON, DRAIN, REMOVE_FROM_KUBERNETES, HALT, DESTROY, VERIFY_GONE, RELEASE);
        };
    }

    /** The steps that undo a failed operation, from whatever point it reached. */
    public List<Step> compensation() {
        return switch (this) {
            case PROVISION -> List.of(REMOVE_FROM_KUBERNETES, HALT, DESTROY, VERIFY_GONE);
            case DELETE -> List.of(UNCORDON);
        };
    }

    /** The type's word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
