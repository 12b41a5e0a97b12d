package io.nodeledger.query.webhook;

import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointChanged;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointCreated;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDeleted;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDisabled;
import io.nodeledger.events.webhook.WebhookEvent.WebhookSecretRotated;
import io.nodeledger.query.projection.Projection;
import io.nodeledger.query.projection.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * Folds a webhook endpoint's stream into its row. A generation that began in the middle of the log, as the first one of an
 * older installation did, knows nothing of endpoints that were there before; the one that is filled meanwhile does.
 */
public final class WebhookProjection implements Projection<WebhookRow> {
    @Override
    public @Nullable String keyOf(StoredEvent event) {
        return event.payload() instanceof WebhookEvent happened ? happened.endpointId() : null;
    }

    @Override
    public @Nullable WebhookRow apply(@Nullable WebhookRow row, StoredEvent stored) {
        var happened = (WebhookEvent) stored.payload();
        if (happened instanceof WebhookEndpointCreated event) {
            return new WebhookRow(event.endpointId(), event.workspaceId(), event.target(), event.enabled(), false);
        }
        return row == null ? null : next(row, happened);
    }

    private static WebhookRow next(WebhookRow row, WebhookEvent happened) {
        return switch (happened) {
            case WebhookEndpointChanged event -> row.changed(event.target(), event.enabled());
            case WebhookEndpointDisabled _ -> row.changed(row.target(), false);
            case WebhookEndpointDeleted _ -> row.gone();
            case WebhookEndpointCreated _, WebhookSecretRotated _ -> row;
        };
    }
}
