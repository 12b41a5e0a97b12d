package io.nodeledger.query.webhook;

import io.nodeledger.events.webhook.WebhookTarget;

/**
 * A webhook endpoint as the log tells it.
 *
 * @param enabled whether it is sent anything
 * @param deleted whether it is gone
 */
public record WebhookRow(String id, String workspaceId, WebhookTarget target, boolean enabled, boolean deleted) {
    /** Its status in the audit trail. */
    public String status() {
        if (deleted) {
            return "deleted";
        }
        return enabled ? "enabled" : "disabled";
    }

    WebhookRow changed(WebhookTarget next, boolean sends) {
        return new WebhookRow(id, workspaceId, next, sends, deleted);
    }

    WebhookRow gone() {
        return new WebhookRow(id, workspaceId, target, enabled, true);
    }
}
