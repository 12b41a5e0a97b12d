package io.nodeledger.provisioner.kubernetes.drain;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks a few times, ever more slowly, for about a second. */
final class Polling {
    private static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration LAST = Duration.ofMillis(400);

    private Polling() {}

    /** The first thing seen that is as wanted, or else the last one seen. */
    static <T> T until(Supplier<T> look, Predicate<T> wanted) throws InterruptedException {
        var seen = look.get();
        for (var pause = FIRST; !wanted.test(seen) && pause.compareTo(LAST) <= 0; pause = pause.multipliedBy(2)) {
            Thread.sleep(pause);
            seen = look.get();
        }
        return seen;
    }
}
