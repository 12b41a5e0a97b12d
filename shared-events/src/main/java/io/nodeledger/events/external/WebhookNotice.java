package io.nodeledger.events.external;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.external.LifecycleNotice.Actor;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDisabled;
import java.util.Map;

/**
 * What happened to a webhook endpoint, as consumers get it, version 1. Fields may be added; none changes its meaning or goes.
 *
 * @param workspaceId whose endpoint
 * @param webhookId the endpoint
 * @param actor who caused it
 * @param requestId what began it all
 * @param details what else there is to say, by type
 */
public record WebhookNotice(
        String workspaceId, String webhookId, Actor actor, String requestId, Map<String, Object> details) {
    /** The notice of an event that leaves. */
    public static WebhookNotice of(WebhookEvent event, Cause cause) {
        return new WebhookNotice(
                event.workspaceId(),
                event.endpointId(),
                new Actor(cause.actorId(), cause.actorType(), cause.actorRole()),
                cause.requestId(),
                details(event));
    }

    private static Map<String, Object> details(WebhookEvent happened) {
        if (happened instanceof WebhookEndpointDisabled event) {
            return Map.of("reason", event.reason().word());
        }
        throw new IllegalArgumentException(happened.getClass().getSimpleName() + " never leaves");
    }
}
