package io.nodeledger.command.lifecycle;

import io.nodeledger.base.security.AboutNode;
import io.nodeledger.base.security.CurrentCaller;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.command.waiting.EndedOperation;
import io.nodeledger.events.node.NodeCommand.CancelOperation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST …/nodes/operations/{operationId}/cancel} (source: API decisions, "Operations"). */
@RestController
public final class CancelController {
    private final KnownOperations operations;
    private final LifecycleCalls calls;
    private final TransitionCancellations transitions;
    private final Clock clock;

    public CancelController(
            KnownOperations operations, LifecycleCalls calls, TransitionCancellations transitions, Clock clock) {
        this.operations = operations;
        this.calls = calls;
        this.transitions = transitions;
        this.clock = clock;
    }

    @PostMapping("/api/v1/workspaces/{wsId}/nodes/operations/{operationId}/cancel")
    @Requires(Permission.NODES_POWER)
    ResponseEntity<Data<Cancellation>> cancel(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String operationId) {
        QueryFields.of(request).finish();
        var missing = ApiError.notFound("operation", operationId);
        if (TransitionCancellations.isAbout(operationId)) {
            return transitions.cancel(request, wsId, operationId, missing);
        }
        var known = operations.find(wsId, operationId).orElseThrow(() -> new ApiException(missing));
        AboutNode.found(request, known.nodeId());
        if (!CurrentCaller.get().mayIn(wsId, known.permission())) {
            throw new ApiException(ApiError.denied(known.permission().word(), "workspaces/" + wsId));
        }
        var command = new CancelOperation(
                known.nodeId(), wsId, operationId, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return calls.call(
                request,
                wsId,
                command,
                missing,
                (accepted, ended) -> new Cancellation(
                        operationId,
                        accepted.nodeId(),
                        ended.map(end -> end.result().word()).orElse("running"),
                        EndedOperation.wordOf(ended)));
    }

    /**
     * The answer to a cancellation that was accepted: what the operation has done is being undone.
     *
     * @param nodeId absent of a transition, which is an operation of a whole workspace
     * @param status the operation's
     * @param operationStatus how it ended, if the request waited for that
     */
    record Cancellation(
            String id,
            @Nullable String nodeId,
            String status,
            @Nullable String operationStatus) {}
}
