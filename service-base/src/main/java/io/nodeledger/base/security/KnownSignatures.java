package io.nodeledger.base.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Signatures that were found genuine: callers send the same token again and again, and checking an Ed25519 signature
 * costs a millisecond of CPU. Only the arithmetic is remembered, for one key and one token to the last character;
 * whether the key still counts and the token is still valid is decided anew for each request. Tokens are kept as hashes.
 */
final class KnownSignatures {
    private static final int REMEMBERED = 10_000;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private record Signature(JWK key, ByteBuffer token) {}

    private final Cache<Signature, Boolean> genuine = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(IDLE)
            .build();

    /**
     * Whether the key made the token's signature.
     *
     * @param check finds out; a signature that it refuses is not remembered
     */
    boolean verifies(JWK key, SignedJWT token, BooleanSupplier check) {
        var signature = new Signature(key, hash(token.serialize()));
        if (genuine.getIfPresent(signature) != null) {
            return true;
        }
        if (!check.getAsBoolean()) {
            return false;
        }
        genuine.put(signature, true);
        return true;
    }

    private static ByteBuffer hash(String token) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every JDK has SHA-256", absent);
        }
    }
}
