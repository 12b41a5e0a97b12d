package io.nodeledger.benchmarks.transition;

import java.time.Duration;

/** Waits by looking again and again. */
final class Patience {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private Patience() {}

    /** Something that can be looked at. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** @throws IllegalStateException when it does not come true within minutes, or can't be seen */
    static void until(String what, Condition condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (InterruptedException stopping) {
                throw stopping;
            } catch (Exception unseen) {
                throw new IllegalStateException("Nobody can tell whether " + what, unseen);
            }
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new IllegalStateException("It did not come true within " + LONGEST + " that " + what);
            }
            Thread.sleep(LOOK);
        }
    }
}
