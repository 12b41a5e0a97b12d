package io.nodeledger.webhook.delivery;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.webhook.DisabledReason;
import io.nodeledger.events.webhook.WebhookCommand.DisableWebhookEndpoint;
import io.nodeledger.webhook.delivery.Attempts.Made;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets endpoints rest that ask for it, and disables those that want nothing any more or have accepted nothing for days. What a
 * URL has answered says nothing of the one that has replaced it.
 */
final class EndpointHealth {
    private static final String ACTOR = "webhooks";
    private static final Duration LONGEST_REST = Duration.ofHours(24);

    private static final String REST = """
            update webhook.endpoint
               set rests_until = greatest(rests_until, now() + ? * interval '1 millisecond')
             where id = ? and url = ?""";

    /** Not every time: what is sent by the hundreds is accepted by the hundreds. */
    private static final String ACCEPTED = """
            with found as (
              select id, failing_since is not null as failing, period from webhook.endpoint
               where id = ? and url = ?
                 and (failing_since is not null or accepted_at is null or accepted_at < now() - interval '1 second')
                 for update)
            update webhook.endpoint e set failing_since = null, accepted_at = now()
              from found where e.id = found.id
            returning found.failing, found.period""";

    private static final String FAILING = """
            update webhook.endpoint set failing_since = coalesce(failing_since, ?) where id = ? and url = ?
            returning failing_since""";

    private final JdbcClient jdbc;
    private final Lines lines;
    private final CommandGateway commands;
    private final Duration disableAfter;
    private final Clock clock;

    EndpointHealth(JdbcClient jdbc, Lines lines, CommandGateway commands, Duration disableAfter, Clock clock) {
        this.jdbc = jdbc;
        this.lines = lines;
        this.commands = commands;
        this.disableAfter = disableAfter;
        this.clock = clock;
    }

    /** Draws conclusions from attempts that ended about the same time, at least one. */
    void observe(String endpointId, List<Made> made) {
        String url = made.getLast().url();
        List<Attempt> attempts = made.stream()
                .filter(it -> it.url().equals(url))
                .map(it -> it.result().attempt())
                .toList();
        if (attempts.stream().anyMatch(Attempt::gone)) {
            disable(endpointId, url, DisabledReason.GONE);
            return;
        }
        if (attempts.stream().anyMatch(Attempt::accepted)) {
            accepted(endpointId, url);
        } else if (failingSince(endpointId, url, attempts).plus(disableAfter).isBefore(clock.instant())) {
            disable(endpointId, url, DisabledReason.FAILING);
        }
        made.stream()
                .map(Made::rest)
                .max(Duration::compareTo)
                .filter(Duration::isPositive)
                .ifPresent(rest -> {
                    Duration bounded = rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
                    jdbc.sql(REST).params(bounded.toMillis(), endpointId, url).update();
                });
    }

    private void accepted(String endpointId, String url) {
        Optional<Integer> recovered = jdbc.sql(ACCEPTED)
                .params(endpointId, url)
                .query((row, _) -> row.getBoolean("failing") ? row.getInt("period") : -1)
                .optional()
                .filter(period -> period >= 0);
        recovered.ifPresent(period -> lines.hurry(endpointId, period));
    }

    private Instant failingSince(String endpointId, String url, List<Attempt> attempts) {
        Instant first =
                attempts.stream().map(Attempt::at).min(Instant::compareTo).orElseThrow();
        return jdbc.sql(FAILING)
                .params(first.atOffset(ZoneOffset.UTC), endpointId, url)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional()
                .orElse(first);
    }

    private void disable(String endpointId, String url, DisabledReason reason) {
        Optional<String> workspace = jdbc.sql("select workspace_id from webhook.endpoint where id = ?")
                .param(endpointId)
                .query(String.class)
                .optional();
        workspace.ifPresent(workspaceId -> {
            var command = new DisableWebhookEndpoint(endpointId, workspaceId, url, reason, clock.instant());
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
        });
    }
}
