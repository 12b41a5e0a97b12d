package io.nodeledger.base.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of several texts, each with its length, so that no two lists of texts are the same to it.
 *
 * @param hex 64 digits
 */
record Digest(String hex) {
    /** The digest of the texts in their order. */
    static Digest of(String... texts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                sha.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                sha.update(bytes);
            }
            return new Digest(HexFormat.of().formatHex(sha.digest()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** Number of the database lock that stands for it. */
    long lock() {
        return ByteBuffer.wrap(bytes()).getLong();
    }
}
