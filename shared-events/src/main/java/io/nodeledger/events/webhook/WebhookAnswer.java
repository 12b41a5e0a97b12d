package io.nodeledger.events.webhook;

import io.nodeledger.events.refusal.Refusal;

/** How a webhook endpoint took a command. */
public sealed interface WebhookAnswer {
    /**
     * It is as the command wished.
     *
     * @param keyId the name of the secret that signs from now on
     */
    record Done(String endpointId, String keyId) implements WebhookAnswer {}

    /** It can't be done. */
    record Refused(Refusal refusal) implements WebhookAnswer {}
}
