package io.nodeledger.webhook.delivery;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.webhook.DisabledReason;
import io.nodeledger.events.webhook.WebhookCommand.DisableWebhookEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Disables endpoints that want nothing any more, or have accepted nothing for days. */
final class EndpointHealth {
    private static final String ACTOR = "webhooks";

    private final JdbcClient jdbc;
    private final CommandGateway commands;
    private final Duration disableAfter;
    private final Clock clock;

    EndpointHealth(JdbcClient jdbc, CommandGateway commands, Duration disableAfter, Clock clock) {
        this.jdbc = jdbc;
        this.commands = commands;
        this.disableAfter = disableAfter;
        this.clock = clock;
    }

    /** Draws conclusions from attempts that were made together. */
    void observe(String endpointId, String workspaceId, List<Attempt> attempts) {
        if (attempts.stream().anyMatch(Attempt::gone)) {
            disable(endpointId, workspaceId, DisabledReason.GONE);
        } else if (attempts.stream().anyMatch(Attempt::accepted)) {
            jdbc.sql("update webhook.endpoint set failing_since = null where id = ? and failing_since is not null")
                    .param(endpointId)
                    .update();
        } else if (failingSince(endpointId, attempts).plus(disableAfter).isBefore(clock.instant())) {
            disable(endpointId, workspaceId, DisabledReason.FAILING);
        }
    }

    private Instant failingSince(String endpointId, List<Attempt> attempts) {
        Instant first =
                attempts.stream().map(Attempt::at).min(Instant::compareTo).orElseThrow();
        return jdbc.sql("""
                        update webhook.endpoint set failing_since = coalesce(failing_since, ?) where id = ?
                        returning failing_since""")
                .params(first.atOffset(ZoneOffset.UTC), endpointId)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional()
                .orElse(first);
    }

    private void disable(String endpointId, String workspaceId, DisabledReason reason) {
        var command = new DisableWebhookEndpoint(endpointId, workspaceId, reason, clock.instant());
        var cause = new Cause(
                ACTOR,
                "system",
                "platform",
                workspaceId,
                Ids.task().replace("task-", "webhook-"),
                null,
                null,
                command.getClass().getSimpleName(),
                null);
        commands.sendAndWait(GenericCommandMessage.asCommandMessage(command).withMetaData(cause.asMetadata()));
    }
}
