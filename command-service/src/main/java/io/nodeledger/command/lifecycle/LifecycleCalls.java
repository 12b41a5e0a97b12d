package io.nodeledger.command.lifecycle;

import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.Data;
import io.nodeledger.command.dispatch.AcceptedOperation;
import io.nodeledger.command.waiting.EndedOperation;
import io.nodeledger.command.waiting.OperationWaits;
import io.nodeledger.events.node.NodeCommand;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.OperationAnswer.Accepted;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Sends a node's command, waits for its operation if the caller prefers that, and answers. */
public final class LifecycleCalls {
    private final CommandDispatch dispatch;
    private final OperationWaits waits;

    public LifecycleCalls(CommandDispatch dispatch, OperationWaits waits) {
        this.dispatch = dispatch;
        this.waits = waits;
    }

    /** For commands that begin something or are refused. */
    <T> ResponseEntity<Data<T>> call(
            HttpServletRequest request,
            String workspaceId,
            NodeCommand command,
            ApiError missing,
            BiFunction<Accepted, Optional<EndedOperation>, T> body) {
        return call(request, workspaceId, command, missing, body, unchanged -> {
            throw new IllegalStateException(command + " found nothing to do: " + unchanged);
        });
    }

    /**
     * For commands that may find their wish fulfilled.
     *
     * @param asItIs the body for a node that is already as wished
     */
    <T> ResponseEntity<Data<T>> call(
            HttpServletRequest request,
            String workspaceId,
            NodeCommand command,
            ApiError missing,
            BiFunction<Accepted, Optional<EndedOperation>, T> body,
            Function<OperationAnswer.Unchanged, T> asItIs) {
        return switch (dispatch.send(request, workspaceId, command, OperationAnswer.class, missing)) {
            case OperationAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
            case OperationAnswer.Unchanged unchanged ->
                ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(
                                CommandDispatch.POSITION,
                                CommandDispatch.position(unchanged.nodeId(), unchanged.sequence()))
                        .body(new Data<>(asItIs.apply(unchanged)));
            case Accepted accepted -> {
                var ended = waits.until(
                        request, accepted.nodeId(), accepted.operationId(), accepted.status(), accepted.sequence());
                long seen = ended.map(EndedOperation::sequence).orElse(accepted.sequence());
                yield AcceptedOperation.answer(workspaceId, accepted.operationId(), ended)
                        .header(CommandDispatch.POSITION, CommandDispatch.position(accepted.nodeId(), seen))
                        .body(new Data<>(body.apply(accepted, ended)));
            }
        };
    }
}
