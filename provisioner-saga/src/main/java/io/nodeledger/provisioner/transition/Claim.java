package io.nodeledger.provisioner.transition;

import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;

/** An instance's claim of a transition. It is renewed long before it ends, and not for every call. */
final class Claim {
    /** Longer than a call takes, plus as old as the claim may be before it. */
    private static final Duration TURN = Duration.ofSeconds(20);

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final RegionTurns turns;
    private final String transitionId;
    private boolean held;
    private long claimedAt;

    Claim(RegionTurns turns, String transitionId) {
        this.turns = turns;
        this.transitionId = transitionId;
    }

    /** Whether the transition is this instance's for longer than any call takes. */
    synchronized boolean holds() {
        long now = System.nanoTime();
        if (!held || now - claimedAt > FRESH.toNanos()) {
            held = turns.claim(transitionId, TURN);
            claimedAt = now;
        }
        return held;
    }
}
