package io.nodeledger.webhook.endpoint;

import io.nodeledger.events.webhook.WebhookTarget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code webhook.endpoint}.
 *
 * @param disabledReason why the system has disabled it, if it has
 */
public record Endpoint(
        String id,
        String workspaceId,
        WebhookTarget target,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        Instant updatedAt) {}
