package io.nodeledger.provisioner.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers since when signals have been other than what was told, so that a flicker is no news. Kept in memory: an instance
 * that takes over begins to count anew, and tells later rather than wrongly.
 */
final class Hysteresis {
    private final Map<Key, Instant> since = new HashMap<>();

    private record Key(String nodeId, String kind) {}

    /**
     * Takes a signal.
     *
     * @param open whether it has been told that something is wrong
     * @param wrong how long it must be wrong before that is told
     * @param right how long it must be right again
     * @return since when it has been other than told, once that is long enough
     */
    Optional<Instant> take(
            String nodeId, String kind, Signal signal, boolean open, Duration wrong, Duration right, Instant now) {
        var key = new Key(nodeId, kind);
        if (signal != (open ? Signal.GOOD : Signal.BAD)) {
            since.remove(key);
            return Optional.empty();
        }
        Instant begin = since.computeIfAbsent(key, _ -> now);
        Duration held = Duration.between(begin, now);
        return held.compareTo(open ? right : wrong) < 0 ? Optional.empty() : Optional.of(begin);
    }

    /** Forgets the nodes that are not among these. */
    void retain(Set<String> nodeIds) {
        since.keySet().removeIf(key -> !nodeIds.contains(key.nodeId()));
    }

    /** Another instance goes on. */
    void forget() {
        since.clear();
    }
}
