package io.nodeledger.query;

import io.nodeledger.events.webhook.DisabledReason;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointChanged;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointCreated;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDeleted;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDisabled;
import io.nodeledger.events.webhook.WebhookEvent.WebhookSecretRotated;
import io.nodeledger.events.webhook.WebhookTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lives of webhook endpoints. */
public final class Webhooks {
    public static final String URL = "https://hooks.example.com/a";
    public static final String OTHER_URL = "https://elsewhere.example.com/";

    private Webhooks() {}

    /** Created, sent elsewhere, given another secret, disabled by the platform, enabled, deleted; an hour for each. */
    public static List<WebhookEvent> life(String id, String workspaceId, Instant begin) {
        var target = new WebhookTarget(URL, List.of("node.started"), Map.of("team", "a"), "pager");
        var elsewhere = new WebhookTarget(OTHER_URL, List.of(), Map.of(), null);
        return List.of(
                new WebhookEndpointCreated(id, workspaceId, target, true, "key-1", begin),
                new WebhookEndpointChanged(id, workspaceId, elsewhere, true, hours(begin, 1)),
                new WebhookSecretRotated(id, workspaceId, "key-2", "key-1", hours(begin, 26), hours(begin, 2)),
                new WebhookEndpointDisabled(id, workspaceId, DisabledReason.FAILING, hours(begin, 3)),
                new WebhookEndpointChanged(id, workspaceId, elsewhere, true, hours(begin, 4)),
                new WebhookEndpointDeleted(id, workspaceId, hours(begin, 5)));
    }

    private static Instant hours(Instant begin, int hours) {
        return begin.plus(Duration.ofHours(hours));
    }
}
