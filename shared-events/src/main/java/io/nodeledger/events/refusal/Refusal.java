package io.nodeledger.events.refusal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A business no. Each maps to one documented error of the API. */
public sealed interface Refusal {
    /** 404 {@code RESOURCE_NOT_FOUND}. */
    record NotFound(String resourceType, String resourceId) implements Refusal {}

    /** 403 {@code WORKSPACE_SUSPENDED}. */
    record WorkspaceSuspended(String workspaceId) implements Refusal {}

    /** 409 {@code NODE_NAME_TAKEN}. */
    record NameTaken(String name) implements Refusal {}

    /** 409 {@code NODE_LIMIT_EXCEEDED}. */
    record NodeLimitExceeded(int currentNodes, int maxNodes, String plan) implements Refusal {}

    /**
     * 402 {@code INSUFFICIENT_CREDITS}.
     *
     * @param required what has to be available for it, zero for what only must not be done in debt
     * @param owed what has to be paid before anything is available
     */
    record InsufficientCredits(BigDecimal required, BigDecimal available, BigDecimal owed) implements Refusal {
        /** The same of a workspace that owes nothing. */
        public InsufficientCredits(BigDecimal required, BigDecimal available) {
            this(required, available, BigDecimal.ZERO);
        }

        /** How much has to be added. */
        public BigDecimal missing() {
            return required.add(owed).subtract(available);
        }
    }

    /** 422 {@code INSUFFICIENT_CAPACITY}. */
    record InsufficientCapacity(
            String region, String planId, @Nullable Instant estimatedAvailability) implements Refusal {}

    /** 400 {@code VALIDATION_ERROR}: the plan isn't offered in the region. */
    record PlanNotInRegion(String planId, String region, List<String> offeredIn) implements Refusal {}

    /** 409 {@code INVALID_STATE}. */
    record InvalidState(String status, List<String> allowedFrom, String particulars) implements Refusal {
        /** The same where the status says it all. */
        public InvalidState(String status, List<String> allowedFrom) {
            this(status, allowedFrom, "");
        }
    }

    /** 409 {@code OPERATION_IN_PROGRESS}. */
    record OperationInProgress(String operationId) implements Refusal {}

    /** 412 {@code PRECONDITION_FAILED}: the node is not as the caller believes. */
    record PreconditionFailed(String nodeId) implements Refusal {}

    /**
     * 409 {@code INVALID_STATE}: the operation can't be undone any more.
     *
     * @param where the step that it is at, or {@code ended}
     */
    record NotCancellable(String where) implements Refusal {}

    /** 400 {@code VALIDATION_ERROR}: the node would carry more labels than it may. */
    record TooManyLabels(int labels, int most) implements Refusal {}

    /**
     * 400 {@code VALIDATION_ERROR}: a transition would not end in its window.
     *
     * @param neededSeconds how long it will probably take
     */
    record WindowTooShort(long windowSeconds, long neededSeconds) implements Refusal {}

    /**
     * 400 {@code VALIDATION_ERROR}: the window begins when the transition has already been undone for want of one.
     *
     * @param latest when it has to begin at the latest
     */
    record WindowTooLate(Instant latest) implements Refusal {}
}
