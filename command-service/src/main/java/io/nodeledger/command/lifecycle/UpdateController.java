package io.nodeledger.command.lifecycle;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.command.dispatch.IfMatch;
import io.nodeledger.command.provisioning.TaintValues;
import io.nodeledger.command.waiting.EndedOperation;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand.UpdateNode;
import io.nodeledger.events.operation.OperationType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code PATCH …/nodes/{nodeId}}: labels are merged, taints replaced. */
@RestController
public final class UpdateController {
    private final RequestBodyReader bodies;
    private final LifecycleCalls calls;
    private final Estimates estimates;
    private final Clock clock;

    public UpdateController(RequestBodyReader bodies, LifecycleCalls calls, Estimates estimates, Clock clock) {
        this.bodies = bodies;
        this.calls = calls;
        this.estimates = estimates;
        this.clock = clock;
    }

    @PatchMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}")
    @Requires(Permission.NODES_UPDATE)
    ResponseEntity<Data<Update>> update(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String nodeId) throws IOException {
        QueryFields.of(request).finish();
        var body = bodies.read(request);
        var labels = body.optional("labels", new LabelChanges());
        var taints = body.optional("taints", new TaintValues());
        body.finish();
        var missing = NodePath.missing(nodeId);
        var command = new UpdateNode(
                nodeId,
                wsId,
                Ids.operation(),
                labels.orElse(Map.of()),
                taints.orNull(),
                IfMatch.of(request, nodeId),
                estimates.secondsOf(OperationType.UPDATE),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return calls.call(
                request,
                wsId,
                command,
                missing,
                (accepted, ended) -> new Update(
                        nodeId,
                        ended.map(EndedOperation::status)
                                .orElse(accepted.status())
                                .word(),
                        accepted.operationId(),
                        EndedOperation.wordOf(ended)),
                unchanged -> new Update(nodeId, unchanged.status().word(), null, null));
    }

    /**
     * The answer to a change of labels and taints, which the node shows at once and its Kubernetes node after the
     * operation.
     *
     * @param operationId absent when the node has them already
     * @param operationStatus how it ended, if the request waited for that
     */
    record Update(
            String id,
            String status,
            @Nullable String operationId,
            @Nullable String operationStatus) {}
}
