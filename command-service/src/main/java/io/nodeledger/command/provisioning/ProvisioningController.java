package io.nodeledger.command.provisioning;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.command.KnownRegions;
import io.nodeledger.command.capacity.CapacityView;
import io.nodeledger.command.dispatch.AcceptedOperation;
import io.nodeledger.command.lifecycle.Estimates;
import io.nodeledger.command.stock.HeldPlace;
import io.nodeledger.command.stock.Stock;
import io.nodeledger.command.waiting.EndedOperation;
import io.nodeledger.command.waiting.OperationWaits;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST …/nodes}: ask for a node. */
@RestController
public final class ProvisioningController {
    private static final String PROVIDER = "proxmox";

    /** The node's stream begins with this command. */
    private static final long FIRST_EVENT = 0;

    private final RequestBodyReader bodies;
    private final Catalogue catalogue;
    private final KnownRegions regions;
    private final CapacityView capacity;
    private final Stock stock;
    private final CommandDispatch dispatch;
    private final OperationWaits waits;
    private final Estimates estimates;
    private final Clock clock;

    public ProvisioningController(
            RequestBodyReader bodies,
            Catalogue catalogue,
            KnownRegions regions,
            CapacityView capacity,
            Stock stock,
            CommandDispatch dispatch,
            OperationWaits waits,
            Estimates estimates,
            Clock clock) {
        this.bodies = bodies;
        this.catalogue = catalogue;
        this.regions = regions;
        this.capacity = capacity;
        this.stock = stock;
        this.dispatch = dispatch;
        this.waits = waits;
        this.estimates = estimates;
        this.clock = clock;
    }

    @PostMapping("/api/v1/workspaces/{wsId}/nodes")
    @Requires(Permission.NODES_PROVISION)
    ResponseEntity<Data<ProvisionedNode>> provision(HttpServletRequest request, @PathVariable String wsId)
            throws IOException {
        var body = ProvisioningBody.of(bodies.read(request));
        var missing = ApiError.notFound("workspace", wsId);
        var answer =
                dispatch.decide(request, wsId, ProvisionAnswer.class, missing, sending -> decided(wsId, body, sending));
        return switch (answer) {
            case ProvisionAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
            case ProvisionAnswer.Admitted admitted ->
                accepted(
                        wsId,
                        body,
                        admitted,
                        waits.until(
                                request,
                                admitted.nodeId(),
                                admitted.operationId(),
                                NodeStatus.PROVISIONING,
                                FIRST_EVENT));
        };
    }

    /** A place in the stock is held until the model has decided, so that a crowd can't share the last one. */
    private ProvisionAnswer decided(
            String workspaceId, ProvisioningBody body, CommandDispatch.Sending<ProvisionAnswer> sending) {
        var wish = body.wish(catalogue, regions);
        try (HeldPlace place = stock.hold(wish.plan(), wish.region())) {
            var answer = sending.send(command(workspaceId, wish, place));
            if (answer instanceof ProvisionAnswer.Admitted admitted) {
                place.take(admitted.nodeId(), admitted.region());
            }
            return answer;
        }
    }

    private ProvisionNode command(String workspaceId, ProvisioningRequest wish, HeldPlace place) {
        NodePlan plan = wish.plan();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new ProvisionNode(
                workspaceId,
                Ids.node(),
                Ids.task(),
                wish.name(),
                wish.region(),
                AgreedTerms.of(plan, now),
                plan.regions(),
                shortages(plan, place),
                wish.labels(),
                wish.taints(),
                Math.min(
                        estimates.secondsOf(OperationType.PROVISION),
                        Duration.ofMinutes(plan.provisioningMinutesMax()).toSeconds()),
                now);
    }

    /** Where both hosts and stock are used up, there is room once both have some. */
    private Map<String, Instant> shortages(NodePlan plan, HeldPlace place) {
        var shortages = new HashMap<>(capacity.shortages(plan));
        place.usedUp()
                .forEach((region, again) -> shortages.merge(
                        region, again, (onHosts, inStock) -> onHosts.isAfter(inStock) ? onHosts : inStock));
        return Map.copyOf(shortages);
    }

    private ResponseEntity<Data<ProvisionedNode>> accepted(
            String workspaceId,
            ProvisioningBody body,
            ProvisionAnswer.Admitted admitted,
            Optional<EndedOperation> ended) {
        long seen = ended.map(EndedOperation::sequence).orElse(FIRST_EVENT);
        return AcceptedOperation.answer(workspaceId, admitted.operationId(), ended)
                .header(HttpHeaders.LOCATION, "/api/v1/workspaces/" + workspaceId + "/nodes/" + admitted.nodeId())
                .header(CommandDispatch.POSITION, CommandDispatch.position(admitted.nodeId(), seen))
                .body(new Data<>(new ProvisionedNode(
                        admitted.nodeId(),
                        body.name(),
                        workspaceId,
                        body.planId(),
                        ended.map(EndedOperation::status)
                                .orElse(NodeStatus.PROVISIONING)
                                .word(),
                        PROVIDER,
                        admitted.region(),
                        admitted.createdAt(),
                        admitted.operationId(),
                        admitted.estimatedReadyAt(),
                        EndedOperation.wordOf(ended))));
    }
}
