package io.nodeledger.webhook.secret;

/** None of {@code nodeledger.webhooks.encryption-keys} opens a secret: nothing can be signed with it. */
public final class UnreadableSecret extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnreadableSecret(String endpointId, String keyId) {
        super("No key of nodeledger.webhooks.encryption-keys opens the secret " + keyId + " of " + endpointId);
    }
}
