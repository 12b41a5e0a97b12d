package io.nodeledger.events.webhook;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Everything that can happen to a webhook endpoint. Secrets are in no event, only their names. */
public sealed interface WebhookEvent {
    /** The endpoint it happened to. */
    String endpointId();

    /** The endpoint's workspace. */
    String workspaceId();

    /** When it happened, in milliseconds, never before the stream's previous event. */
    Instant effectiveAt();

    /** Someone wants events of the workspace. */
    @Revision("1")
    record WebhookEndpointCreated(
            String endpointId,
            String workspaceId,
            WebhookTarget target,
            boolean enabled,
            String keyId,
            Instant effectiveAt)
            implements WebhookEvent {}

    /** Someone changed it; all fields as they are from now on. */
    @Revision("1")
    record WebhookEndpointChanged(
            String endpointId, String workspaceId, WebhookTarget target, boolean enabled, Instant effectiveAt)
            implements WebhookEvent {}

    /** What is sent is signed with another secret, and for a while with the former one, too. */
    @Revision("1")
    record WebhookSecretRotated(
            String endpointId,
            String workspaceId,
            String keyId,
            String previousKeyId,
            Instant previousUntil,
            Instant effectiveAt)
            implements WebhookEvent {}

    /** The system stopped sending to it. */
    @Revision("1")
    record WebhookEndpointDisabled(String endpointId, String workspaceId, DisabledReason reason, Instant effectiveAt)
            implements WebhookEvent {}

    /** Someone deleted it. */
    @Revision("1")
    record WebhookEndpointDeleted(String endpointId, String workspaceId, Instant effectiveAt) implements WebhookEvent {}
}
