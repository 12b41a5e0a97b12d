package io.nodeledger.provisioner.transition;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The deletions of nodes that this instance has begun for transitions. One that has ended badly would end so again at once:
 * it is begun again after a pause, which doubles. What another instance has begun is not known here, and costs one try more.
 */
final class BegunDeletions {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Map<String, Begun> begun = new ConcurrentHashMap<>();

    private record Begun(Instant at, Duration pause) {
        Begun again(Instant now) {
            Duration longer = pause.multipliedBy(2);
            return new Begun(now, longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE);
        }
    }

    boolean contains(String nodeId) {
        return begun.containsKey(nodeId);
    }

    /** Whether it was not begun yet, or long enough ago. */
    boolean mayBegin(String nodeId, Instant now) {
        Begun before = begun.get(nodeId);
        return before == null || !now.isBefore(before.at().plus(before.pause()));
    }

    void begin(String nodeId, Instant now) {
        begun.merge(nodeId, new Begun(now, FIRST_PAUSE), (before, _) -> before.again(now));
    }

    /** The node is gone. */
    void forget(String nodeId) {
        begun.remove(nodeId);
    }
}
