package io.nodeledger.webhook.relay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A W3C trace context for an event: all that one request has caused is one trace, and the same event is always the same span
 * of it, so that a repeat tells nothing new.
 */
final class TraceParent {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private TraceParent() {}

    static String of(String requestId, String eventId) {
        return "00-" + hash(requestId, TRACE_BYTES) + "-" + hash(eventId, SPAN_BYTES) + "-01";
    }

    private static String hash(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
