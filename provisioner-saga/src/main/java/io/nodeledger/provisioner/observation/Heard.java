package io.nodeledger.provisioner.observation;

import io.nodeledger.provisioner.kubernetes.watch.Watched.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one watch has told so far, and when it last told anything. */
final class Heard<T> {
    private @Nullable Seen<T> seen;
    private @Nullable Instant toldAt;
    private Instant silentSince;

    /** @param now from when on its silence counts */
    Heard(Instant now) {
        this.silentSince = now;
    }

    /** Whether it has told anything since it was last listened to. */
    boolean listen(Optional<Seen<T>> told, Instant now) {
        if (told.isEmpty() || told.get().isSilentSince(seen)) {
            return false;
        }
        seen = told.get();
        toldAt = now;
        silentSince = now;
        return true;
    }

    /** What it has told; null until it has told everything once. */
    @Nullable
    Seen<T> seen() {
        return seen;
    }

    /** When it last told anything; null until it has told everything once. */
    @Nullable
    Instant toldAt() {
        return toldAt;
    }

    boolean isSilent(Duration longest, Instant now) {
        return silentSince.plus(longest).isBefore(now);
    }

    /** Counts its silence from now on: nobody has listened before. */
    void resume(Instant now) {
        silentSince = now;
    }

    /** The watch is another one from now on. */
    void forget(Instant now) {
        seen = null;
        toldAt = null;
        silentSince = now;
    }
}
