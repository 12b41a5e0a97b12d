package io.nodeledger.command.lifecycle;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.command.dispatch.IfMatch;
import io.nodeledger.command.waiting.EndedOperation;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand;
import io.nodeledger.events.node.NodeCommand.RebootNode;
import io.nodeledger.events.node.NodeCommand.StartNode;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.OperationAnswer.Accepted;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.operation.OperationType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST …/nodes/{nodeId}/start|stop|reboot}. */
@RestController
public final class PowerController {
    private final LifecycleCalls calls;
    private final Estimates estimates;
    private final Clock clock;

    public PowerController(LifecycleCalls calls, Estimates estimates, Clock clock) {
        this.calls = calls;
        this.estimates = estimates;
        this.clock = clock;
    }

    @PostMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/start")
    @Requires(Permission.NODES_POWER)
    ResponseEntity<Data<BegunOperation>> start(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String nodeId) {
        QueryFields.of(request).finish();
        var missing = NodePath.missing(nodeId);
        var command = new StartNode(
                nodeId,
                wsId,
                Ids.operation(),
                IfMatch.of(request, nodeId),
                estimates.secondsOf(OperationType.START),
                now());
        return calls.call(
                request, wsId, command, missing, (accepted, ended) -> BegunOperation.toRun(accepted, null, ended));
    }

    @PostMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/stop")
    @Requires(Permission.NODES_POWER)
    ResponseEntity<Data<BegunOperation>> stop(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String nodeId) {
        return withDrain(
                request,
                wsId,
                nodeId,
                OperationType.STOP,
                StopNode::new,
                (accepted, ended) -> BegunOperation.of(accepted, BegunOperation.drainStatus(accepted), null, ended));
    }

    @PostMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/reboot")
    @Requires(Permission.NODES_POWER)
    ResponseEntity<Data<BegunOperation>> reboot(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String nodeId) {
        return withDrain(
                request,
                wsId,
                nodeId,
                OperationType.REBOOT,
                RebootNode::new,
                (accepted, ended) -> BegunOperation.toRun(accepted, BegunOperation.drainStatus(accepted), ended));
    }

    /** The command of an operation that moves workloads away first. */
    private interface Draining {
        NodeCommand command(
                String nodeId,
                String workspaceId,
                String operationId,
                boolean drain,
                boolean force,
                int drainTimeoutSeconds,
                VersionCondition condition,
                long estimatedSeconds,
                Instant at);
    }

    private ResponseEntity<Data<BegunOperation>> withDrain(
            HttpServletRequest request,
            String wsId,
            String nodeId,
            OperationType type,
            Draining kind,
            BiFunction<Accepted, Optional<EndedOperation>, BegunOperation> body) {
        var wish = DrainWish.ofPower(request);
        var missing = NodePath.missing(nodeId);
        var command = kind.command(
                nodeId,
                wsId,
                Ids.operation(),
                wish.drain(),
                wish.force(),
                wish.timeoutSeconds(),
                IfMatch.of(request, nodeId),
                estimates.secondsOf(type),
                now());
        return calls.call(request, wsId, command, missing, body);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
