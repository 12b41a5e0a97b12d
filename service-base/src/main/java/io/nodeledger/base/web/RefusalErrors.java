package io.nodeledger.base.web;

import io.nodeledger.events.refusal.Refusal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the model's refusals into the documented errors. */
public final class RefusalErrors {
    /** Mutating operations end within minutes; asking again sooner than this only costs requests. */
    private static final Duration OPERATION_RETRY = Duration.ofSeconds(5);

    private RefusalErrors() {}

    /** The error for a refusal. */
    public static ApiError of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound no -> ApiError.notFound(no.resourceType(), no.resourceId());
            case Refusal.WorkspaceSuspended no ->
                new ApiError(
                        ErrorCode.WORKSPACE_SUSPENDED,
                        "The workspace is suspended",
                        Map.of("workspace_id", no.workspaceId()));
            case Refusal.NameTaken no ->
                new ApiError(
                        ErrorCode.NODE_NAME_TAKEN,
                        "A live node of the workspace has this name already",
                        Map.of("name", no.name()));
            case Refusal.NodeLimitExceeded no ->
                new ApiError(
                        ErrorCode.NODE_LIMIT_EXCEEDED,
                        "Maximum number of nodes exceeded for current plan",
                        inOrder("current_nodes", no.currentNodes(), "max_nodes", no.maxNodes(), "plan", no.plan()));
            case Refusal.InsufficientCredits no -> credits(no);
            case Refusal.InsufficientCapacity no -> capacity(no);
            case Refusal.PlanNotInRegion no ->
                ApiError.validation(List.of(new FieldViolation(
                        "region",
                        "not_offered",
                        "The plan " + no.planId() + " is not offered in " + no.region() + ", but in "
                                + String.join(", ", no.offeredIn()))));
            case Refusal.InvalidState no ->
                new ApiError(
                        ErrorCode.INVALID_STATE,
                        "Not possible in status " + no.status() + no.particulars(),
                        inOrder("status", no.status(), "allowed_from", no.allowedFrom()));
            case Refusal.OperationInProgress no ->
                new ApiError(
                                ErrorCode.OPERATION_IN_PROGRESS,
                                no.operationId().startsWith("trans-")
                                        ? "A transition of the workspace runs"
                                        : "Another operation runs on the node",
                                Map.of("operation_id", no.operationId()))
                        .retryAfter(OPERATION_RETRY);
            case Refusal.NotCancellable no ->
                new ApiError(
                        ErrorCode.INVALID_STATE,
                        no.where().equals("ended")
                                ? "The operation has ended"
                                : "The operation can't be undone any more, it is at " + no.where(),
                        inOrder("status", no.where(), "allowed_from", List.of()));
            case Refusal.PreconditionFailed no ->
                new ApiError(
                        ErrorCode.PRECONDITION_FAILED,
                        "The node has changed since the version that If-Match names",
                        Map.of("node_id", no.nodeId()));
            case Refusal.WindowTooShort no ->
                ApiError.validation(List.of(new FieldViolation(
                        "maintenance_window",
                        "too_short",
                        "The window is open for %d s; the transition will probably take %d s"
                                .formatted(no.windowSeconds(), no.neededSeconds()))));
            case Refusal.WindowTooLate no ->
                ApiError.validation(List.of(new FieldViolation(
                        "maintenance_window.start",
                        "out_of_range",
                        "The transition is undone unless a window begins by " + no.latest())));
            case Refusal.TooManyLabels no ->
                ApiError.validation(List.of(new FieldViolation(
                        "labels",
                        "too_many",
                        "The node would have %d labels; at most %d are allowed".formatted(no.labels(), no.most()))));
        };
    }

    /**
     * What is missing is to be added by the caller, and then it has to be enough. Required and owed less available is
     * missing in what is shown, too: where what is required ends in a fraction of a cent, it takes up the difference.
     */
    private static ApiError credits(Refusal.InsufficientCredits no) {
        var missing = Money.toPay(no.missing());
        var available = Money.toSpend(no.available());
        var owed = Money.toPay(no.owed());
        var details = inOrder(
                "required_credits", missing.add(available).subtract(owed),
                "available_credits", available,
                "missing_credits", missing);
        if (owed.signum() > 0) {
            details.put("owed_credits", owed);
        }
        String what = no.required().signum() > 0 ? "provision" : "start";
        return new ApiError(
                ErrorCode.INSUFFICIENT_CREDITS, "Insufficient credits to " + what + " dedicated node", details);
    }

    private static ApiError capacity(Refusal.InsufficientCapacity no) {
        var details = inOrder("region", no.region(), "plan", no.planId());
        if (no.estimatedAvailability() != null) {
            details.put("estimated_availability", no.estimatedAvailability().truncatedTo(ChronoUnit.SECONDS));
        }
        return new ApiError(ErrorCode.INSUFFICIENT_CAPACITY, "Insufficient capacity in requested region", details);
    }

    private static Map<String, Object> inOrder(Object... keysAndValues) {
        var details = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            details.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return details;
    }
}
