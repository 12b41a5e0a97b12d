package io.nodeledger.provisioner.kubernetes.join;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A token with which one machine may join for a while (source: Kubernetes, "Authenticating with Bootstrap Tokens").
 *
 * @param id public half, 6 characters
 * @param secret private half, 16 characters; never to be logged
 * @param expiresAt when it stops being valid
 */
record BootstrapToken(String id, String secret, Instant expiresAt) {
    static final String TYPE = "bootstrap.kubernetes.io/token";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 6;
    private static final int SECRET_LENGTH = 16;

    static BootstrapToken random(SecureRandom random, Instant expiresAt) {
        return new BootstrapToken(
                text(random, ID_LENGTH), text(random, SECRET_LENGTH), expiresAt.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Reads a token back; nothing when the secret does not hold a complete one. */
    static Optional<BootstrapToken> from(Secret secret) {
        var data = secret.getData();
        if (!TYPE.equals(secret.getType()) || data == null) {
            return Optional.empty();
        }
        var plain = new HashMap<String, String>();
        data.forEach(
                (key, value) -> plain.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        var id = plain.get("token-id");
        var half = plain.get("token-secret");
        var expiration = plain.get("expiration");
        if (id == null || half == null || expiration == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BootstrapToken(id, half, Instant.parse(expiration)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The token as kubeadm takes it. */
    String text() {
        return id + "." + secret;
    }

    /** The Secret that makes the API server accept it, found again by the node's label. */
    Secret asSecret(String nodeId) {
        return new SecretBuilder()
                .withType(TYPE)
                .withNewMetadata()
                .withName("bootstrap-token-" + id)
                .withNamespace(BootstrapTokens.NAMESPACE)
                .withLabels(Map.of(NodeContract.NODE_ID_LABEL, nodeId))
                .endMetadata()
                .withData(Map.of(
                        "description", encoded("Join of " + nodeId),
                        "token-id", encoded(id),
                        "token-secret", encoded(secret),
                        "expiration", encoded(expiresAt.toString()),
                        "usage-bootstrap-authentication", encoded("true"),
                        "usage-bootstrap-signing", encoded("true"),
                        "auth-extra-groups", encoded("system:bootstrappers:kubeadm:default-node-token")))
                .build();
    }

    @Override
    public String toString() {
        return "BootstrapToken[id=%s, expiresAt=%s]".formatted(id, expiresAt);
    }

    private static String encoded(String plain) {
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(SecureRandom random, int length) {
        return random.ints(length, 0, ALPHABET.length())
                .collect(StringBuilder::new, (text, at) -> text.append(ALPHABET.charAt(at)), StringBuilder::append)
                .toString();
    }
}
