package io.nodeledger.query.allocation;

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
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST …/nodes/check-allocation}, which changes nothing (source: contract, "Check Resource Allocation"). */
@RestController
class AllocationController {
    private final RequestBodyReader bodies;
    private final AllocationQueries nodes;
    private final WorkspaceQueries workspaces;
    private final Clock clock;

    AllocationController(RequestBodyReader bodies, AllocationQueries nodes, WorkspaceQueries workspaces, Clock clock) {
        this.bodies = bodies;
        this.nodes = nodes;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    @Requires(Permission.NODES_READ)
    @PostMapping("/api/v1/workspaces/{wsId}/nodes/check-allocation")
    ResponseEntity<Data<AllocationView>> check(@PathVariable String wsId, HttpServletRequest request)
            throws IOException {
        QueryFields.of(request).finish();
        var wish = AllocationRequest.read(bodies.read(request));
        var observed = nodes.of(wsId, clock.instant());
        if (observed.running() == 0) {
            workspaces.require(wsId);
        }
        return Answers.one(AllocationView.of(Allocation.of(wish, observed.candidates()), observed.unobserved()));
    }
}
