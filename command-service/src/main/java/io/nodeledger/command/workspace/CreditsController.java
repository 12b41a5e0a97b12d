package io.nodeledger.command.workspace;

import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Money;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.events.workspace.WorkspaceAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/admin/workspaces/{wsId}/credits}: add credits. Answers 201, for each request adds an entry. */
@RestController
public final class CreditsController {
    private static final String CURRENCY = "USD";

    private final RequestBodyReader bodies;
    private final CommandDispatch dispatch;
    private final Clock clock;

    public CreditsController(RequestBodyReader bodies, CommandDispatch dispatch, Clock clock) {
        this.bodies = bodies;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    @PostMapping("/api/v1/admin/workspaces/{wsId}/credits")
    @Requires(Permission.PLATFORM_ADMIN)
    ResponseEntity<Data<Granted>> grant(HttpServletRequest request, @PathVariable String wsId) throws IOException {
        var command = command(wsId, bodies.read(request));
        var answer = dispatch.send(request, wsId, command, WorkspaceAnswer.class, ApiError.notFound("workspace", wsId));
        return switch (answer) {
            case WorkspaceAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
            case WorkspaceAnswer.Created(long sequence) -> granted(command, sequence);
            case WorkspaceAnswer.Updated(long sequence) -> granted(command, sequence);
        };
    }

    private GrantCredits command(String workspaceId, JsonFields body) {
        var amount = body.required("amount", JsonValues.decimal(WorkspaceRules.AMOUNT));
        var reason = body.optional("reason", JsonValues.text(WorkspaceRules.REASON));
        body.finish();
        return new GrantCredits(
                workspaceId,
                Money.shown(amount.get()),
                reason.orNull(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static ResponseEntity<Data<Granted>> granted(GrantCredits command, long sequence) {
        return ResponseEntity.status(201)
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        CommandDispatch.POSITION,
                        CommandDispatch.position(WorkspaceCommand.streamIdOf(command.workspaceId()), sequence))
                .body(new Data<>(new Granted(command.workspaceId(), command.amount(), CURRENCY, command.reason())));
    }

    /** The grant that was booked. */
    record Granted(
            String workspaceId,
            BigDecimal amount,
            String currency,
            @Nullable String reason) {}
}
