package io.nodeledger.provisioner.transition;

import io.nodeledger.base.eventstore.ConnectionPools;
import io.nodeledger.base.tracing.Carried;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Sends commands to many nodes a few at a time, so that a hundred of them don't wait for each other. Their connections are those
 * of the crowd of steps: nobody else waits for one because of them.
 */
final class SideBySide {
    private static final int AT_ONCE = 8;

    private SideBySide() {}

    /**
     * Does the same for each, and waits.
     *
     * @return what came of each, in the order in which they were given
     * @throws RuntimeException what the first of them failed with; those that were not begun by then are left out
     */
    static <T, R> List<R> each(Collection<T> all, Function<T, R> work) throws InterruptedException {
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<R>> begun = all.stream()
                    .map(one -> threads.submit(Carried.by(() -> ConnectionPools.inCrowd(() -> work.apply(one)))))
                    .toList();
            try {
                var answers = new ArrayList<R>();
                for (Future<R> one : begun) {
                    answers.add(one.get());
                }
                return answers;
            } catch (ExecutionException failure) {
                begun.forEach(one -> one.cancel(false));
                if (failure.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(failure.getCause());
            } catch (InterruptedException stopping) {
                threads.shutdownNow();
                throw stopping;
            }
        }
    }
}
