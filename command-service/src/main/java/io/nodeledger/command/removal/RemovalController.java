package io.nodeledger.command.removal;

import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Data;
import io.nodeledger.command.dispatch.AcceptedOperation;
import io.nodeledger.command.dispatch.IfMatch;
import io.nodeledger.command.lifecycle.DrainWish;
import io.nodeledger.command.lifecycle.Estimates;
import io.nodeledger.command.lifecycle.NodePath;
import io.nodeledger.command.waiting.EndedOperation;
import io.nodeledger.command.waiting.OperationWaits;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.OperationType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code DELETE …/nodes/{nodeId}}: ask for a node to go. */
@RestController
public final class RemovalController {
    private final CommandDispatch dispatch;
    private final OperationWaits waits;
    private final Estimates estimates;
    private final Clock clock;

    public RemovalController(CommandDispatch dispatch, OperationWaits waits, Estimates estimates, Clock clock) {
        this.dispatch = dispatch;
        this.waits = waits;
        this.estimates = estimates;
        this.clock = clock;
    }

    @DeleteMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}")
    @Requires(Permission.NODES_DELETE)
    ResponseEntity<Data<RunningDeletion>> delete(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String nodeId) {
        var wish = DrainWish.ofDeletion(request);
        var missing = NodePath.missing(nodeId);
        var command = new DeleteNode(
                nodeId,
                wsId,
                Ids.task(),
                wish.force(),
                wish.timeoutSeconds(),
                IfMatch.of(request, nodeId),
                estimates.secondsOf(OperationType.DELETE),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return switch (dispatch.send(request, wsId, command, DeletionAnswer.class, missing)) {
            case DeletionAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
            case DeletionAnswer.Deleting deleting -> {
                var ended = waits.until(request, nodeId, deleting.taskId(), NodeStatus.DELETING, deleting.sequence());
                long seen = ended.map(EndedOperation::sequence).orElse(deleting.sequence());
                yield AcceptedOperation.answer(wsId, deleting.taskId(), ended)
                        .header(CommandDispatch.POSITION, CommandDispatch.position(nodeId, seen))
                        .body(new Data<>(RunningDeletion.of(deleting, ended)));
            }
        };
    }

    /**
     * The answer to an accepted deletion (source: contract, "Delete Node").
     *
     * @param drainStatus {@code draining_workloads} while workloads are being moved away or still will be, {@code
     *     skipped} when none are any more: the deletion is forced, the node did not run, or a repeated request comes
     *     after the drain
     * @param operationStatus how it ended, if the request waited for that
     */
    record RunningDeletion(
            String message,
            String taskId,
            String drainStatus,
            @Nullable String operationStatus) {
        static RunningDeletion of(DeletionAnswer.Deleting deleting, Optional<EndedOperation> ended) {
            return new RunningDeletion(
                    "Node deletion initiated",
                    deleting.taskId(),
                    deleting.drains() ? "draining_workloads" : "skipped",
                    EndedOperation.wordOf(ended));
        }
    }
}
