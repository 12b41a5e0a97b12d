package io.nodeledger.events.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What a webhook endpoint can be told. Every one answers {@link WebhookAnswer}. */
public sealed interface WebhookCommand {
    /** The endpoint concerned, whose stream has its id. */
    @TargetAggregateIdentifier
    String endpointId();

    /** The workspace that the sender believes it to be in. */
    String workspaceId();

    /** When the sender decided, in milliseconds. */
    Instant at();

    /** A command with a new secret, which is kept with what the command makes happen, and in no event. */
    sealed interface WithSecret extends WebhookCommand {
        /** The name of the secret. */
        String keyId();

        /** The secret, encrypted. */
        SealedSecret secret();
    }

    /**
     * A secret that only its owner can open.
     *
     * @param base64 nonce and cipher text
     */
    record SealedSecret(String base64) {
        @Override
        public String toString() {
            return "SealedSecret";
        }
    }

    /** Send events of a workspace to a URL from now on. */
    record CreateWebhookEndpoint(
            String endpointId,
            String workspaceId,
            WebhookTarget target,
            boolean enabled,
            String keyId,
            SealedSecret secret,
            Instant at)
            implements WithSecret {}

    /**
     * Change what is named; the rest stays.
     *
     * @param url where to send, null for no change
     * @param eventTypes which events, none for all, null for no change
     * @param nodeLabels of which nodes, null for no change
     * @param description empty to remove it, null for no change
     * @param enabled whether to send, null for no change
     */
    record ChangeWebhookEndpoint(
            String endpointId,
            String workspaceId,
            @Nullable String url,
            @Nullable List<String> eventTypes,
            @Nullable Map<String, String> nodeLabels,
            @Nullable String description,
            @Nullable Boolean enabled,
            Instant at)
            implements WebhookCommand {}

    /**
     * Sign with another secret.
     *
     * @param previousUntil how long what is sent is signed with the former one, too
     */
    record RotateWebhookSecret(
            String endpointId, String workspaceId, String keyId, SealedSecret secret, Instant previousUntil, Instant at)
            implements WithSecret {}

    /**
     * Send nothing any more, because it serves nothing.
     *
     * @param url that has answered so; nothing changes if the endpoint has another one by now
     */
    record DisableWebhookEndpoint(String endpointId, String workspaceId, String url, DisabledReason reason, Instant at)
            implements WebhookCommand {}

    /** Forget the endpoint. */
    record DeleteWebhookEndpoint(String endpointId, String workspaceId, Instant at) implements WebhookCommand {}
}
