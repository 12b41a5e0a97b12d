package io.nodeledger.query.cost;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST …/nodes/costs/simulate}: what a period would have cost at other rates. It changes nothing. */
@RestController
class SimulationController {
    private final RequestBodyReader bodies;
    private final CostQueries costs;
    private final WorkspaceQueries workspaces;
    private final Clock clock;

    SimulationController(RequestBodyReader bodies, CostQueries costs, WorkspaceQueries workspaces, Clock clock) {
        this.bodies = bodies;
        this.costs = costs;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    @Requires(Permission.NODES_READ)
    @PostMapping("/api/v1/workspaces/{wsId}/nodes/costs/simulate")
    ResponseEntity<Data<SimulationView>> simulate(@PathVariable String wsId, HttpServletRequest request)
            throws IOException {
        QueryFields.of(request).finish();
        var asked = SimulationRequest.read(bodies.read(request));
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var span = asked.period().span(now);
        var nodes = costs.nodes(wsId, span, now);
        if (nodes.isEmpty()) {
            workspaces.require(wsId);
        }
        var simulated = nodes.stream().map(asked.simulation()::of).toList();
        return Answers.one(SimulationView.of(asked.period(), span, new Bill<>(nodes), new Bill<>(simulated)));
    }
}
