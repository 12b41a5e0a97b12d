package io.nodeledger.command.lifecycle;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.command.capacity.CapacityView;
import io.nodeledger.command.dispatch.IfMatch;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand.RetryProvisioning;
import io.nodeledger.events.operation.OperationType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST …/nodes/{nodeId}/retry}: provision anew what failed and was undone (source: rulings, "State machine"). */
@RestController
public final class RetryController {
    private final LifecycleCalls calls;
    private final Catalogue catalogue;
    private final CapacityView capacity;
    private final Estimates estimates;
    private final Clock clock;

    public RetryController(
            LifecycleCalls calls, Catalogue catalogue, CapacityView capacity, Estimates estimates, Clock clock) {
        this.calls = calls;
        this.catalogue = catalogue;
        this.capacity = capacity;
        this.estimates = estimates;
        this.clock = clock;
    }

    @PostMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/retry")
    @Requires(Permission.NODES_PROVISION)
    ResponseEntity<Data<BegunOperation>> retry(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String nodeId) {
        QueryFields.of(request).finish();
        var missing = NodePath.missing(nodeId);
        var command = new RetryProvisioning(
                nodeId,
                wsId,
                Ids.task(),
                catalogue.plans().stream().collect(Collectors.toMap(NodePlan::id, capacity::shortages)),
                IfMatch.of(request, nodeId),
                estimates.secondsOf(OperationType.PROVISION),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return calls.call(
                request, wsId, command, missing, (accepted, ended) -> BegunOperation.toRun(accepted, null, ended));
    }
}
