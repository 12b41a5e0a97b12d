package io.nodeledger.simulators.proxmox.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A value that others get to see only some time after it changed, as the cluster's broadcast status is. */
final class Lagging<T> {
    private final Duration lag;
    private final Deque<Change<T>> changes = new ArrayDeque<>();

    Lagging(Duration lag) {
        this.lag = lag;
    }

    void set(T value, Instant now) {
        Change<T> last = changes.peekLast();
        if (last == null || !last.value.equals(value)) {
            changes.add(new Change<>(value, now.plus(lag)));
        }
    }

    /** Empty until the first value has got around. */
    Optional<T> seen(Instant now) {
        Optional<T> seen = Optional.empty();
        for (Change<T> change : changes) {
            if (change.visible.isAfter(now)) {
                break;
            }
            seen = Optional.of(change.value);
        }
        while (changes.size() > 1 && !second().visible.isAfter(now)) {
            changes.remove();
        }
        return seen;
    }

    private Change<T> second() {
        var all = changes.iterator();
        all.next();
        return all.next();
    }

    private record Change<T>(T value, Instant visible) {}
}
