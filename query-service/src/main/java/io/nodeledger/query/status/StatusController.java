package io.nodeledger.query.status;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.query.node.NodeQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/nodes/{nodeId}/status} (source: contract, "Get Node Status"). */
@RestController
class StatusController {
    private final NodeQueries nodes;
    private final ObservationQueries observations;
    private final HealthRule rule;
    private final Clock clock;

    StatusController(NodeQueries nodes, ObservationQueries observations, HealthRule rule, Clock clock) {
        this.nodes = nodes;
        this.observations = observations;
        this.rule = rule;
        this.clock = clock;
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/status")
    ResponseEntity<Data<StatusView>> get(
            @PathVariable String wsId, @PathVariable String nodeId, HttpServletRequest request) {
        QueryFields.of(request).finish();
        var node = nodes.find(wsId, nodeId)
                .filter(found -> found.state().status() != NodeStatus.DELETED)
                .orElseThrow(() -> new ApiException(ApiError.notFound("node", nodeId)));
        var observed = observations.of(node.origin().region(), nodeId).orElse(null);
        return Answers.one(StatusView.of(node, observed, rule, clock.instant()));
    }
}
