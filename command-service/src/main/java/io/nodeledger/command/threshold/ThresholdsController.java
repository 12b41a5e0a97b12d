package io.nodeledger.command.threshold;

import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.command.dispatch.IfMatch;
import io.nodeledger.command.lifecycle.NodePath;
import io.nodeledger.events.node.NodeCommand.SetNodeThresholds;
import io.nodeledger.events.node.SettingsAnswer;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.workspace.WorkspaceAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceCommand.SetWorkspaceThresholds;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code PUT …/nodes/thresholds} and {@code PUT …/nodes/{nodeId}/thresholds} (source: API decisions, "Shapes fixed here").
 * Each replaces what the workspace, or the node, sets itself, and answers it as it is from now on.
 */
@RestController
public final class ThresholdsController {
    private final RequestBodyReader bodies;
    private final CommandDispatch dispatch;
    private final Clock clock;

    public ThresholdsController(RequestBodyReader bodies, CommandDispatch dispatch, Clock clock) {
        this.bodies = bodies;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    @PutMapping("/api/v1/workspaces/{wsId}/nodes/thresholds")
    @Requires(Permission.NODES_UPDATE)
    ResponseEntity<Data<Thresholds>> ofWorkspace(HttpServletRequest request, @PathVariable String wsId)
            throws IOException {
        QueryFields.of(request).finish();
        var thresholds = ThresholdsBody.read(bodies.read(request));
        var command = new SetWorkspaceThresholds(wsId, thresholds, now());
        var missing = ApiError.notFound("workspace", wsId);
        long sequence = switch (dispatch.send(request, wsId, command, WorkspaceAnswer.class, missing)) {
            case WorkspaceAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
            case WorkspaceAnswer.Created(long begun) -> begun;
            case WorkspaceAnswer.Updated(long last) -> last;
        };
        return answer(thresholds, WorkspaceCommand.streamIdOf(wsId), sequence);
    }

    @PutMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId:node-.+}/thresholds")
    @Requires(Permission.NODES_UPDATE)
    ResponseEntity<Data<Thresholds>> ofNode(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String nodeId) throws IOException {
        QueryFields.of(request).finish();
        var thresholds = ThresholdsBody.read(bodies.read(request));
        var missing = NodePath.missing(nodeId);
        var command = new SetNodeThresholds(nodeId, wsId, thresholds, IfMatch.of(request, nodeId), now());
        return switch (dispatch.send(request, wsId, command, SettingsAnswer.class, missing)) {
            case SettingsAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
            case SettingsAnswer.Settled(long sequence) -> answer(thresholds, nodeId, sequence);
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static ResponseEntity<Data<Thresholds>> answer(Thresholds thresholds, String stream, long sequence) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(CommandDispatch.POSITION, CommandDispatch.position(stream, sequence))
                .body(new Data<>(thresholds));
    }
}
