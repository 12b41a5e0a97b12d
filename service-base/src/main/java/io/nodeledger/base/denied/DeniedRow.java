package io.nodeledger.base.denied;

import io.nodeledger.base.security.DeniedAttempt;
import java.nio.charset.StandardCharsets;

/**
 * A row that is to be written.
 *
 * @param id of its own, so that a row whose write ended unknown is not written twice
 * @param attempts for how many attempts it stands
 */
record DeniedRow(String id, DeniedAttempt attempt, long attempts) {
    private static final int LONGEST = 256;

    /** The database takes no NUL and no half of a surrogate pair, and a token's subject may hold either. */
    static String storable(String text) {
        String kept = text.replace('\0', '\uFFFD');
        String whole = new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return whole.codePointCount(0, whole.length()) <= LONGEST
                ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, LONGEST));
    }
}
