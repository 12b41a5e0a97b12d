package io.nodeledger.query.stream;

import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.base.security.CurrentCaller;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.Rule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code GET …/nodes/stream} and its tickets (source: API decisions, "Beyond the contract", "Shapes fixed here"). */
@RestController
class StreamController {
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final Streams streams;
    private final StreamTickets tickets;
    private final Epochs epochs;

    StreamController(Streams streams, StreamTickets tickets, Epochs epochs) {
        this.streams = streams;
        this.tickets = tickets;
        this.epochs = epochs;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record TicketView(String ticket, Instant expiresAt) {}

    @Requires(Permission.NODES_READ)
    @PostMapping("/api/v1/workspaces/{wsId}/nodes/stream/tickets")
    ResponseEntity<Data<TicketView>> ticket(
            @PathVariable String wsId, HttpServletRequest request, HttpServletResponse response) {
        QueryFields.of(request).finish();
        response.setHeader("Cache-Control", "no-store");
        var ticket = tickets.issue(wsId, CurrentCaller.get().id());
        return Answers.one(new TicketView(ticket.ticket(), ticket.expiresAt()));
    }

    /** Public to the filters, because a browser's event source can't send a token: here it is a ticket or a token. */
    @Requires(Permission.NODES_READ)
    @GetMapping(path = "/api/v1/workspaces/{wsId}/nodes/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@PathVariable String wsId, HttpServletRequest request, HttpServletResponse response) {
        var query = QueryFields.of(request);
        var ticket = query.text("ticket", Rule.none());
        var lastEventId = query.text("last_event_id", Rule.none());
        query.finish();
        @Nullable String header = request.getHeader("Last-Event-ID");
        @Nullable
        Long after = header == null || header.isEmpty()
                ? after("last_event_id", lastEventId.orNull())
                : after("Last-Event-ID", header);
        String caller = caller(wsId, ticket.orNull());
        if (after != null) {
            epochs.requireKept("Last-Event-ID", after);
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        return streams.open(wsId, caller, after);
    }

    private String caller(String workspaceId, @Nullable String ticket) {
        if (ticket != null) {
            return tickets.use(ticket, workspaceId)
                    .orElseThrow(() -> new ApiException(new ApiError(
                            ErrorCode.AUTH_INVALID_TOKEN, "The ticket is used, expired or of another workspace")));
        }
        var caller = CurrentCaller.find()
                .orElseThrow(
                        () -> new ApiException(new ApiError(ErrorCode.AUTH_REQUIRED, "A token or a ticket is needed")));
        if (!caller.sees(workspaceId)) {
            throw new ApiException(ApiError.notFound("workspace", workspaceId));
        }
        if (!caller.mayIn(workspaceId, Permission.NODES_READ)) {
            throw new ApiException(ApiError.denied(Permission.NODES_READ.word(), "workspaces/" + workspaceId));
        }
        return caller.id();
    }

    private static @Nullable Long after(String field, @Nullable String lastEventId) {
        if (lastEventId == null) {
            return null;
        }
        if (!POSITION.matcher(lastEventId).matches()) {
            throw new ApiException(
                    ApiError.validation(field, "malformed", "must be the id of the last event that was received"));
        }
        return Long.parseLong(lastEventId);
    }
}
