package io.nodeledger.base.eventstore;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a write ended, for a reader who wants to see it: the last event that it appended. Opaque and url-safe on the
 * wire ({@code X-Event-Position}, {@code X-Min-Event-Position}).
 *
 * @param stream identifier of the aggregate
 * @param sequence the event's number in that stream, from 0
 */
public record EventPosition(String stream, long sequence) {

    private static final String VERSION = "1";
    private static final int LONGEST = 512;

    public EventPosition {
        if (stream.isEmpty() || sequence < 0) {
            throw new IllegalArgumentException("A position names a stream and a sequence from 0");
        }
    }

    /** What came out of reading a position that a caller sent. */
    public sealed interface Decoded {

        /** It was one of ours. */
        record Valid(EventPosition position) implements Decoded {}

        /** It was not; the reason is fit for an error message. */
        record Malformed(String reason) implements Decoded {}
    }

    /** The position as a caller may keep and send it. */
    public String encode() {
        var plain = VERSION + ":" + sequence + ":" + stream;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a position that a caller sent. */
    public static Decoded decode(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return malformed();
        }
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            var parts = plain.split(":", 3);
            if (parts.length < 3 || !parts[0].equals(VERSION)) {
                return malformed();
            }
            var position = new EventPosition(parts[2], Long.parseLong(parts[1]));
            // Only our own spelling counts: base64 has several for the same bytes.
            return position.encode().equals(text) ? new Decoded.Valid(position) : malformed();
        } catch (IllegalArgumentException e) {
            return malformed();
        }
    }

    private static Decoded malformed() {
        return new Decoded.Malformed("must be a value of X-Event-Position exactly as a write answered it");
    }
}
