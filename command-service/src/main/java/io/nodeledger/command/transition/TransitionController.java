package io.nodeledger.command.transition;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.command.KnownRegions;
import io.nodeledger.command.dispatch.AcceptedOperation;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.TransitionAnswer.Accepted;
import io.nodeledger.events.transition.TransitionCommand.CancelTransition;
import io.nodeledger.events.transition.TransitionCommand.ChangeWindow;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moves of a workspace between shared and dedicated nodes (source: contract, "Plan Transitions"). */
@RestController
public final class TransitionController {
    private static final String PATH = "/api/v1/workspaces/{wsId}/nodes/transition";

    private final RequestBodyReader bodies;
    private final Catalogue catalogue;
    private final KnownRegions regions;
    private final TransitionBeginnings beginnings;
    private final CommandDispatch dispatch;
    private final NodeRates rates;
    private final Clock clock;

    public TransitionController(
            RequestBodyReader bodies,
            Catalogue catalogue,
            KnownRegions regions,
            TransitionBeginnings beginnings,
            CommandDispatch dispatch,
            NodeRates rates,
            Clock clock) {
        this.bodies = bodies;
        this.catalogue = catalogue;
        this.regions = regions;
        this.beginnings = beginnings;
        this.dispatch = dispatch;
        this.rates = rates;
        this.clock = clock;
    }

    /** Moves to nodes that are provisioned for it, all or none. */
    @PostMapping(PATH + "/dedicated")
    @Requires(Permission.NODES_TRANSITION)
    ResponseEntity<Data<BegunTransition>> dedicated(HttpServletRequest request, @PathVariable String wsId)
            throws IOException {
        QueryFields.of(request).finish();
        var body = DedicatedBody.of(bodies.read(request));
        Accepted accepted = accepted(dispatch.decide(
                request,
                wsId,
                TransitionAnswer.class,
                ApiError.notFound("workspace", wsId),
                sending -> beginnings.dedicated(wsId, body.wish(catalogue, regions), sending)));
        return begun(wsId, accepted, BegunTransition.dedicated(accepted.transition()));
    }

    /** Gives all dedicated nodes up, in a window. */
    @PostMapping(PATH + "/shared")
    @Requires(Permission.NODES_TRANSITION)
    ResponseEntity<Data<BegunTransition>> shared(HttpServletRequest request, @PathVariable String wsId)
            throws IOException {
        QueryFields.of(request).finish();
        var body = SharedBody.of(bodies.read(request));
        Accepted accepted = accepted(dispatch.decide(
                request,
                wsId,
                TransitionAnswer.class,
                ApiError.notFound("workspace", wsId),
                sending -> sending.send(beginnings.shared(wsId, body.wish(clock.instant())))));
        var transition = accepted.transition();
        return begun(wsId, accepted, BegunTransition.shared(transition, rates.of(transition.members())));
    }

    /** Sets another window for one that waits. */
    @PatchMapping(PATH + "/{transitionId}")
    @Requires(Permission.NODES_TRANSITION)
    ResponseEntity<Data<ChangedTransition>> change(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String transitionId)
            throws IOException {
        QueryFields.of(request).finish();
        var missing = missing(transitionId);
        var body = bodies.read(request);
        var window = body.required(WindowBody.NAME, WindowBody.VALUE);
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        WindowBody given = window.orNull();
        Optional<MaintenanceWindow> wished = given == null ? Optional.empty() : given.window(body.violations(), now);
        body.finish();
        var command = new ChangeWindow(transitionId, wsId, wished.orElseThrow(), now);
        Accepted accepted = accepted(dispatch.send(request, wsId, command, TransitionAnswer.class, missing));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(CommandDispatch.POSITION, position(accepted))
                .body(new Data<>(ChangedTransition.of(accepted.transition())));
    }

    /** Undoes one, as long as its placement has not changed. */
    @PostMapping(PATH + "/{transitionId}/cancel")
    @Requires(Permission.NODES_TRANSITION)
    ResponseEntity<Data<ChangedTransition>> cancel(
            HttpServletRequest request, @PathVariable String wsId, @PathVariable String transitionId) {
        QueryFields.of(request).finish();
        var missing = missing(transitionId);
        var command = new CancelTransition(transitionId, wsId, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Accepted accepted = accepted(dispatch.send(request, wsId, command, TransitionAnswer.class, missing));
        return AcceptedOperation.answer(wsId, transitionId, Optional.empty())
                .header(CommandDispatch.POSITION, position(accepted))
                .body(new Data<>(ChangedTransition.of(accepted.transition())));
    }

    private static ResponseEntity<Data<BegunTransition>> begun(
            String workspaceId, Accepted accepted, BegunTransition body) {
        String id = accepted.transition().id();
        return AcceptedOperation.answer(workspaceId, id, Optional.empty())
                .header(HttpHeaders.LOCATION, "/api/v1/workspaces/" + workspaceId + "/nodes/transition/" + id)
                .header(CommandDispatch.POSITION, position(accepted))
                .body(new Data<>(body));
    }

    private static Accepted accepted(TransitionAnswer answer) {
        return switch (answer) {
            case Accepted accepted -> accepted;
            case TransitionAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
        };
    }

    private static String position(Accepted accepted) {
        return CommandDispatch.position(accepted.transition().id(), accepted.sequence());
    }

    private static ApiError missing(String transitionId) {
        var missing = ApiError.notFound("transition", transitionId);
        if (!transitionId.startsWith("trans-") || !Ids.isWellFormed(transitionId)) {
            throw new ApiException(missing);
        }
        return missing;
    }
}
