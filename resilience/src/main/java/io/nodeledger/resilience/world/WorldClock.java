package io.nodeledger.resilience.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A world's time, the same for all instances that live in it: this machine's, until somebody moves it. */
public final class WorldClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    /** It is this moment now, and time goes on from there. */
    public void moveTo(Instant moment) {
        ahead = Duration.between(Instant.now(), moment);
    }

    /** Whether it is not this machine's time any more. */
    public boolean isMoved() {
        return !ahead.isZero();
    }
}
