package io.nodeledger.query.threshold;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.settings.ThresholdSettings;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.query.node.NodeQueries;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/nodes/thresholds} and {@code GET …/nodes/{nodeId}/thresholds}: what counts, and who has set it. */
@RestController
class ThresholdsController {
    private final NodeQueries nodes;
    private final WorkspaceQueries workspaces;
    private final ThresholdSettings installation;

    ThresholdsController(NodeQueries nodes, WorkspaceQueries workspaces, ThresholdSettings installation) {
        this.nodes = nodes;
        this.workspaces = workspaces;
        this.installation = installation;
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/thresholds")
    ResponseEntity<Data<ThresholdsView>> ofWorkspace(@PathVariable String wsId, HttpServletRequest request) {
        QueryFields.of(request).finish();
        var workspace = workspaces.require(wsId);
        return Answers.one(ThresholdsView.of(null, workspace.thresholds(), installation));
    }

    // The shape of the id keeps `operations/thresholds` with the operations, whose own route is as specific as this
    // one.
    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId:node-.+}/thresholds")
    ResponseEntity<Data<ThresholdsView>> ofNode(
            @PathVariable String wsId, @PathVariable String nodeId, HttpServletRequest request) {
        QueryFields.of(request).finish();
        var node = nodes.find(wsId, nodeId)
                .filter(found -> found.state().status() != NodeStatus.DELETED)
                .orElseThrow(() -> new ApiException(ApiError.notFound("node", nodeId)));
        var workspace = workspaces.require(wsId);
        return Answers.one(ThresholdsView.of(node.thresholds(), workspace.thresholds(), installation));
    }
}
