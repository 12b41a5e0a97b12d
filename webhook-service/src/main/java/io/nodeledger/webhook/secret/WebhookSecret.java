package io.nodeledger.webhook.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** What an endpoint's deliveries are signed with (source: Standard Webhooks, "Signature scheme"). */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    WebhookSecret(byte[] key) {
        this.key = key.clone();
    }

    /** A new one that nobody can guess. */
    public static WebhookSecret random() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new WebhookSecret(key);
    }

    /** As its owner gets to see it, once. */
    public String shown() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** The key of signatures. */
    public byte[] key() {
        return key.clone();
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
