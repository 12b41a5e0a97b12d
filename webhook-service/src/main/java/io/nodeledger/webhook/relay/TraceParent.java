package io.nodeledger.webhook.relay;

import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.events.cause.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The W3C trace context of an event: the one of the work that has appended it. Where that was in no trace, all that one
 * request has caused is one trace. The same event is always of the same span, so that a repeat tells nothing new.
 */
final class TraceParent {
    /** The header of a record; CloudEvents has its own, with {@code ce_} before it. */
    static final String HEADER = "traceparent";

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private TraceParent() {}

    static String of(Cause cause, String eventId) {
        String stored = Tracing.wellFormed(cause.traceParent());
        return stored == null ? derived(cause.requestId(), eventId) : stored;
    }

    private static String derived(String requestId, String eventId) {
        return "00-" + hash(requestId, TRACE_BYTES) + "-" + hash(eventId, SPAN_BYTES) + "-00";
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
