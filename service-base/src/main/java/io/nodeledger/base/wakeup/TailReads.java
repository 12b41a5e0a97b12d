package io.nodeledger.base.wakeup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Reads of the log's end, shared by those who are there. After a commit all of them ask the same, and one answer is right
 * for each as long as nobody was woken since it was asked for: whatever it lacks wakes again.
 */
final class TailReads {
    /** Who is further behind reads by itself. */
    private static final int MOST_SHARED = 64;

    private static final long LONGEST_WAIT_MILLIS = 100;

    private final EventStorageEngine engine;
    private final Wakeups wakeups;
    private final AtomicReference<@Nullable Answer> last = new AtomicReference<>();

    TailReads(EventStorageEngine engine, Wakeups wakeups) {
        this.engine = engine;
        this.wakeups = wakeups;
    }

    /**
     * An answer that somebody asks for, or has.
     *
     * @param wakings how often readers had been woken before it was asked for
     * @param events empty when it is not shared: too long, or the reader failed
     */
    private record Answer(
            @Nullable TrackingToken token,
            long wakings,
            CompletableFuture<Optional<List<TrackedEventMessage<?>>>> events) {

        boolean asksTheSame(Answer other) {
            return wakings == other.wakings && isSame(token, other.token);
        }

        /** Tokens call themselves equal to others that still wait for events which were committed late. */
        private static boolean isSame(@Nullable TrackingToken one, @Nullable TrackingToken other) {
            if (one instanceof GapAwareTrackingToken here && other instanceof GapAwareTrackingToken there) {
                return here.getIndex() == there.getIndex() && here.getGaps().equals(there.getGaps());
            }
            return Objects.equals(one, other);
        }
    }

    /**
     * The events after a token, all that were committed before the last waking among them. Who reads within a transaction
     * reads alone, and so does who has waited for another reader for a while: that one may wait for a connection.
     */
    Iterator<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return alone(token);
        }
        var asked = new Answer(token, wakeups.wakings(WakingEventStore.EVENTS), new CompletableFuture<>());
        var shared = Objects.requireNonNull(
                last.updateAndGet(answer -> answer != null && answer.asksTheSame(asked) ? answer : asked));
        return shared.equals(asked)
                ? read(asked)
                : shared.events()
                        .copy()
                        .completeOnTimeout(Optional.empty(), LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)
                        .join()
                        .<Iterator<? extends TrackedEventMessage<?>>>map(List::iterator)
                        .orElseGet(() -> alone(token));
    }

    private Iterator<? extends TrackedEventMessage<?>> alone(@Nullable TrackingToken token) {
        return engine.readEvents(token, false).iterator();
    }

    private Iterator<? extends TrackedEventMessage<?>> read(Answer asked) {
        try {
            var reading = alone(asked.token());
            var first = new ArrayList<TrackedEventMessage<?>>();
            while (first.size() < MOST_SHARED && reading.hasNext()) {
                first.add(reading.next());
            }
            if (reading.hasNext()) {
                return Stream.concat(
                                first.stream(),
                                StreamSupport.stream(Spliterators.spliteratorUnknownSize(reading, 0), false))
                        .iterator();
            }
            asked.events().complete(Optional.of(List.copyOf(first)));
            return first.iterator();
        } finally {
            if (asked.events().complete(Optional.empty())) {
                last.compareAndSet(asked, null);
            }
        }
    }
}
