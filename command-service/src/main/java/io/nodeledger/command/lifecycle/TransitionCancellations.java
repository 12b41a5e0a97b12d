package io.nodeledger.command.lifecycle;

import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.security.CurrentCaller;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.command.dispatch.AcceptedOperation;
import io.nodeledger.command.lifecycle.CancelController.Cancellation;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.TransitionCommand.CancelTransition;
import io.nodeledger.events.transition.TransitionStatus;
import io.nodeledger.events.transition.record.TransitionRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.http.ResponseEntity;

/** Calls transitions off where they are known as operations, by the same command and permission as under their own path. */
public final class TransitionCancellations {
    private static final String PREFIX = "trans-";

    private final CommandDispatch dispatch;
    private final Clock clock;

    public TransitionCancellations(CommandDispatch dispatch, Clock clock) {
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** Whether an operation with such an id is a transition. */
    static boolean isAbout(String operationId) {
        return operationId.startsWith(PREFIX);
    }

    ResponseEntity<Data<Cancellation>> cancel(
            HttpServletRequest request, String workspaceId, String transitionId, ApiError missing) {
        if (!CurrentCaller.get().mayIn(workspaceId, Permission.NODES_TRANSITION)) {
            throw new ApiException(ApiError.denied(Permission.NODES_TRANSITION.word(), "workspaces/" + workspaceId));
        }
        if (!Ids.isWellFormed(transitionId)) {
            throw new ApiException(missing);
        }
        var command =
                new CancelTransition(transitionId, workspaceId, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return switch (dispatch.send(request, workspaceId, command, TransitionAnswer.class, missing)) {
            case TransitionAnswer.Refused(Refusal.NotFound _) -> throw new ApiException(missing);
            case TransitionAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
            case TransitionAnswer.Accepted accepted ->
                AcceptedOperation.answer(workspaceId, transitionId, Optional.empty())
                        .header(CommandDispatch.POSITION, CommandDispatch.position(transitionId, accepted.sequence()))
                        .body(new Data<>(new Cancellation(transitionId, null, status(accepted.transition()), null)));
        };
    }

    private static String status(TransitionRecord transition) {
        TransitionStatus ended = transition.ended();
        if (ended != null) {
            return ended.word();
        }
        return transition.started() ? "running" : "pending";
    }
}
