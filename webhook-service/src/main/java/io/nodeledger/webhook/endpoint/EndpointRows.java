package io.nodeledger.webhook.endpoint;

import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointChanged;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointCreated;
import io.nodeledger.events.webhook.WebhookTarget;
import io.nodeledger.webhook.secret.Secrets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes endpoints in the transaction that appends their events: an endpoint is there, changed or gone as soon as its owner
 * has the answer, and no event that comes later is sent by an earlier wish.
 */
public final class EndpointRows implements Consumer<List<? extends EventMessage<?>>> {
    /** Events that were appended before this are not of interest to who begins to listen now. */
    private static final String LAST_POSITION = "(select coalesce(max(global_index), 0) from eventstore.domain_event)";

    private final JdbcClient jdbc;
    private final Secrets secrets;

    public EndpointRows(JdbcClient jdbc, Secrets secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    @Override
    public void accept(List<? extends EventMessage<?>> events) {
        for (EventMessage<?> message : events) {
            if (message.getPayload() instanceof WebhookEvent event) {
                write(event);
            }
        }
    }

    private void write(WebhookEvent happened) {
        switch (happened) {
            case WebhookEndpointCreated event -> create(event);
            case WebhookEndpointChanged event -> change(event);
            case WebhookEvent.WebhookSecretRotated event -> {
                jdbc.sql("update webhook.endpoint set key_id = ?, updated_at = ? where id = ?")
                        .params(event.keyId(), time(event.effectiveAt()), event.endpointId())
                        .update();
                secrets.retireOthers(event.endpointId(), event.keyId(), event.previousUntil());
            }
            case WebhookEvent.WebhookEndpointDisabled event -> {
                jdbc.sql("""
                                update webhook.endpoint
                                   set enabled = false, disabled_reason = ?, updated_at = ?, failing_since = null,
                                       rests_until = null, period = period + 1
                                 where id = ?""")
                        .params(event.reason().word(), time(event.effectiveAt()), event.endpointId())
                        .update();
                callOff(event.endpointId());
            }
            case WebhookEvent.WebhookEndpointDeleted event -> {
                jdbc.sql("delete from webhook.endpoint where id = ?")
                        .param(event.endpointId())
                        .update();
                callOff(event.endpointId());
            }
        }
    }

    private void create(WebhookEndpointCreated event) {
        WebhookTarget target = event.target();
        jdbc.sql("""
                        insert into webhook.endpoint (id, workspace_id, url, event_types, node_labels, description, enabled,
                                                      key_id, created_at, updated_at, after_position)
                        values (:id, :workspace, :url, :types, :labels::jsonb, :description, :enabled, :key, :at, :at,
                                %s)""".formatted(LAST_POSITION))
                .param("id", event.endpointId())
                .param("workspace", event.workspaceId())
                .param("url", target.url())
                .param("types", target.eventTypes().toArray(String[]::new))
                .param("labels", EndpointTable.JSON.writeValueAsString(target.nodeLabels()))
                .param("description", target.description())
                .param("enabled", event.enabled())
                .param("key", event.keyId())
                .param("at", time(event.effectiveAt()))
                .update();
    }

    /** Who begins to listen again gets what happens from now on. Another URL has not failed yet. */
    private void change(WebhookEndpointChanged event) {
        WebhookTarget target = event.target();
        jdbc.sql("""
                        update webhook.endpoint
                           set url = :url, event_types = :types, node_labels = :labels::jsonb, description = :description,
                               updated_at = :at,
                               failing_since = case when not enabled or failing_since is null then null
                                                    when url = :url then failing_since else :at end,
                               rests_until = case when enabled and url = :url then rests_until end,
                               disabled_reason = case when :enabled then null else disabled_reason end,
                               after_position = case when :enabled and not enabled then %s else after_position end,
                               period = case when enabled and not :enabled then period + 1 else period end,
                               enabled = :enabled
                         where id = :id""".formatted(LAST_POSITION))
                .param("url", target.url())
                .param("types", target.eventTypes().toArray(String[]::new))
                .param("labels", EndpointTable.JSON.writeValueAsString(target.nodeLabels()))
                .param("description", target.description())
                .param("at", time(event.effectiveAt()))
                .param("enabled", event.enabled())
                .param("id", event.endpointId())
                .update();
        if (!event.enabled()) {
            callOff(event.endpointId());
        }
    }

    /** What was queued is not sent any more, for it belongs to another period or to nobody; it goes by and by. */
    private void callOff(String endpointId) {
        jdbc.sql("""
                        insert into webhook.leftover (endpoint_id) values (?)
                        on conflict (endpoint_id) do update set since = now()""").param(endpointId).update();
    }

    private static OffsetDateTime time(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
