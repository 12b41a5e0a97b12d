package io.nodeledger.webhook.secret;

import io.nodeledger.events.webhook.WebhookCommand.SealedSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts secrets (AES-256-GCM), each bound to its endpoint and name, so that one in another's row opens nothing. */
public final class SecretSeal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Supplier<SecretSettings> settings;
    private volatile List<SecretKey> known;

    /** @param settings as they are now: another key may be put in front at any time */
    public SecretSeal(Supplier<SecretSettings> settings) {
        this.settings = settings;
        this.known = keys();
    }

    private List<SecretKey> keys() {
        return settings.get().encryptionKeys().stream()
                .<SecretKey>map(key -> new SecretKeySpec(Base64.getDecoder().decode(key), "AES"))
                .toList();
    }

    /** Encrypts with the first key. */
    public SealedSecret seal(WebhookSecret secret, String endpointId, String keyId) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        known = keys();
        try {
            byte[] text = cipher(Cipher.ENCRYPT_MODE, known.getFirst(), nonce, endpointId, keyId)
                    .doFinal(secret.key());
            return new SealedSecret(Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + text.length)
                            .put(nonce)
                            .put(text)
                            .array()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Decrypts with whichever key fits.
     *
     * @throws UnreadableSecret when none does: the key was lost, or the row is another's
     */
    WebhookSecret open(SealedSecret sealed, String endpointId, String keyId) {
        return tryOpen(sealed, endpointId, keyId).orElseThrow(() -> new UnreadableSecret(endpointId, keyId));
    }

    /** Decrypts with whichever key fits, if one does. */
    Optional<WebhookSecret> tryOpen(SealedSecret sealed, String endpointId, String keyId) {
        byte[] all = Base64.getDecoder().decode(sealed.base64());
        byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
        var opened = tryOpen(known, nonce, all, endpointId, keyId);
        if (opened.isPresent()) {
            return opened;
        }
        // Another instance may have been given another key before this one.
        known = keys();
        return tryOpen(known, nonce, all, endpointId, keyId);
    }

    private static Optional<WebhookSecret> tryOpen(
            List<SecretKey> keys, byte[] nonce, byte[] all, String endpointId, String keyId) {
        return keys.stream()
                .flatMap(key -> opened(key, nonce, all, endpointId, keyId).stream())
                .findFirst();
    }

    private static Optional<WebhookSecret> opened(
            SecretKey key, byte[] nonce, byte[] all, String endpointId, String keyId) {
        try {
            return Optional.of(new WebhookSecret(cipher(Cipher.DECRYPT_MODE, key, nonce, endpointId, keyId)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES)));
        } catch (GeneralSecurityException another) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String endpointId, String keyId)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((endpointId + "\n" + keyId).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
