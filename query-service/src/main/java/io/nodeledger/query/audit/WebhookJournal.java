package io.nodeledger.query.audit;

import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointChanged;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointCreated;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDeleted;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDisabled;
import io.nodeledger.events.webhook.WebhookEvent.WebhookSecretRotated;
import io.nodeledger.events.webhook.WebhookTarget;
import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Journal;
import io.nodeledger.query.projection.RowJson;
import io.nodeledger.query.projection.Table;
import io.nodeledger.query.webhook.WebhookRow;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The part of a workspace's trail that is about its webhook endpoints: one entry for every event of theirs. */
public final class WebhookJournal {
    static final Table<AuditLine> TABLE = AuditLine.table("webhook_audit");

    private WebhookJournal() {}

    /** The journal to keep beside the endpoints. */
    public static Journal<WebhookRow, ?> journal() {
        return new Journal<>(TABLE, WebhookJournal::line);
    }

    static AuditLine line(Change<WebhookRow> change) {
        var event = (WebhookEvent) change.event().payload();
        var said =
                new AuditEntry.Said(type(event), event.effectiveAt(), null, null, null, data(event, change.before()));
        return new AuditLine(event.workspaceId(), false, AuditEntry.of(change, WebhookRow::status, said));
    }

    private static String type(WebhookEvent happened) {
        return switch (happened) {
            case WebhookEndpointCreated _ -> "webhook.created";
            case WebhookEndpointChanged _ -> "webhook.changed";
            case WebhookSecretRotated _ -> "webhook.secret_rotated";
            case WebhookEndpointDisabled _ -> "webhook.disabled";
            case WebhookEndpointDeleted _ -> "webhook.deleted";
        };
    }

    /** Names of secrets at most: nobody can sign with those. */
    private static ObjectNode data(WebhookEvent happened, @Nullable WebhookRow before) {
        ObjectNode data = RowJson.MAPPER.createObjectNode().put("webhook_id", happened.endpointId());
        if (before != null) {
            data.set("before", shown(before.target()));
        }
        return switch (happened) {
            case WebhookEndpointCreated event ->
                data.put("key_id", event.keyId()).set("after", shown(event.target()));
            case WebhookEndpointChanged event -> data.set("after", shown(event.target()));
            case WebhookSecretRotated event ->
                data.put("key_id", event.keyId())
                        .put("previous_key_id", event.previousKeyId())
                        .put("previous_until", event.previousUntil().toString());
            case WebhookEndpointDisabled event ->
                data.put("reason", event.reason().word());
            case WebhookEndpointDeleted _ -> data;
        };
    }

    /** As the API shows it: what is absent is not filtered by. */
    private static ObjectNode shown(WebhookTarget target) {
        ObjectNode shown = RowJson.MAPPER.createObjectNode().put("url", target.url());
        if (!target.eventTypes().isEmpty()) {
            shown.set("events", RowJson.MAPPER.valueToTree(target.eventTypes()));
        }
        if (!target.nodeLabels().isEmpty()) {
            shown.set("node_labels", RowJson.MAPPER.valueToTree(target.nodeLabels()));
        }
        return target.description() == null ? shown : shown.put("description", target.description());
    }
}
