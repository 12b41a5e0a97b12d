package io.nodeledger.base.wakeup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Reads of the log's end, shared by those who are there. After a commit all of them ask the same, and one answer is right
 * for each as long as nobody was woken since it was asked for: whatever it lacks wakes again.
 */
final class TailReads {
    /** Who is further behind reads by itself. */
    private static final int MOST_SHARED = 64;

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

        boolean isAlso(Answer other) {
            return wakings == other.wakings && Objects.equals(token, other.token);
        }
    }

    /** The events after a token, all that were committed before the last waking among them. */
    Iterator<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
        var asked = new Answer(token, wakeups.wakings(WakingEventStore.EVENTS), new CompletableFuture<>());
        var shared = Objects.requireNonNull(
                last.updateAndGet(answer -> answer != null && answer.isAlso(asked) ? answer : asked));
        return shared.equals(asked)
                ? read(asked)
                : shared.events()
                        .join()
                        .<Iterator<? extends TrackedEventMessage<?>>>map(List::iterator)
                        .orElseGet(() -> engine.readEvents(token, false).iterator());
    }

    private Iterator<? extends TrackedEventMessage<?>> read(Answer asked) {
        try {
            var reading = engine.readEvents(asked.token(), false).iterator();
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
