package io.nodeledger.provisioner.kubernetes.step;

import io.nodeledger.provisioner.activity.Attempt;
import java.time.Duration;

/** How long steps wait for a cluster, in the thread and between calls. */
final class Waits {
    /** One call waits this long for an event before it gives its thread back. */
    static final Duration IN_THREAD = Duration.ofSeconds(1);

    static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int SHARE_OF_ELAPSED = 10;

    private Waits() {}

    /** A pause in proportion to how long it takes already, so that many slow machines cause few calls. */
    static Duration pause(Attempt attempt) {
        var share = Duration.between(attempt.startedAt(), attempt.now()).dividedBy(SHARE_OF_ELAPSED);
        if (share.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return share.compareTo(LONGEST) > 0 ? LONGEST : share;
    }
}
