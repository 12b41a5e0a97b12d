package io.nodeledger.base.wakeup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TailReadsTest {
    private final Wakeups wakeups = new Wakeups(_ -> {});
    private final CountedEngine engine = new CountedEngine();
    private final TailReads reads = new TailReads(engine, wakeups);
    private final AtomicInteger appended = new AtomicInteger();

    private static final class CountedEngine extends InMemoryEventStorageEngine {
        private final AtomicInteger reads = new AtomicInteger();
        private volatile Supplier<? extends RuntimeException> failure = () -> null;

        @Override
        public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
            reads.incrementAndGet();
            var failing = failure.get();
            if (failing != null) {
                throw failing;
            }
            return token instanceof GapAwareTrackingToken reached
                    ? late(reached).stream()
                    : super.readEvents(token, mayBlock);
        }
    }

    /** What was missing before a token has come meanwhile. */
    private static List<TrackedEventMessage<?>> late(GapAwareTrackingToken reached) {
        return reached.getGaps().stream()
                .<TrackedEventMessage<?>>map(gap -> new GenericTrackedDomainEventMessage<>(
                        reached, new GenericDomainEventMessage<>("Account", "acc-1", gap, gap)))
                .toList();
    }

    @Test
    void readersAtTheEndShareOneRead() {
        var readers = readers(6);
        append(3);

        assertThat(readers).allSatisfy(reader -> assertThat(rest(reader)).containsExactly(0, 1, 2));
        assertThat(engine.reads).hasValue(1);

        append(1);

        assertThat(readers).allSatisfy(reader -> assertThat(rest(reader)).containsExactly(3));
        assertThat(engine.reads).hasValue(2);
    }

    @Test
    void whoIsFarBehindReadsByItself() {
        append(200);
        var readers = readers(3);

        assertThat(readers).allSatisfy(reader -> assertThat(rest(reader)).hasSize(200));
        assertThat(engine.reads).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void whoStillWaitsForALateEventSharesWithNobodyWhoDoesNot() {
        // An old event's token calls itself equal to any other at its place, whatever that one waits for.
        TrackingToken waiting = GapAwareTrackingToken.newInstance(11, List.of(5L));
        TrackingToken waitingForNothing =
                GapAwareTrackingToken.newInstance(10, List.of()).advanceTo(11, 0);
        assertThat(waitingForNothing).isEqualTo(waiting);

        assertThat(reads.after(waitingForNothing)).isExhausted();
        assertThat(reads.after(waiting)).hasNext();
    }

    @Test
    void whoJoinsAReaderThatFailsOrIsSlowReadsByItself() throws Exception {
        append(1);
        var asking = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        engine.failure = () -> {
            if (asking.getCount() > 0) {
                asking.countDown();
                pass(goOn);
                return new IllegalStateException("asked to fail");
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> reads.after(null));
            asking.await();

            assertThat(reads.after(null)).as("of one that is slow").hasNext();

            var joined = threads.submit(() -> reads.after(null).hasNext());
            goOn.countDown();
            assertThat(joined.get()).as("of one that fails").isTrue();
            assertThatThrownBy(first::get).hasRootCauseMessage("asked to fail");
        }
    }

    @Test
    void aFailureIsNobodyElses() {
        var readers = readers(2);
        append(1);
        engine.failure = () -> new IllegalStateException("asked to fail");
        assertThatThrownBy(() -> rest(readers.getFirst())).hasMessage("asked to fail");

        engine.failure = () -> null;

        assertThat(readers).allSatisfy(reader -> assertThat(rest(reader)).containsExactly(0));
    }

    @Test
    void whatIsCommittedDuringAReadIsNotMissed() throws Exception {
        int events = 2_000;
        var readers = readers(8);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var seen = readers.stream()
                    .map(reader -> threads.submit(() -> {
                        var payloads = new ArrayList<Object>();
                        while (payloads.size() < events && reader.hasNextAvailable(20, TimeUnit.SECONDS)) {
                            payloads.add(reader.nextAvailable().getPayload());
                        }
                        return payloads;
                    }))
                    .toList();
            append(events);

            for (var payloads : seen) {
                assertThat(payloads.get())
                        .containsExactlyElementsOf(
                                IntStream.range(0, events).boxed().toList());
            }
        }
        assertThat(engine.reads.get()).isLessThan(events * readers.size());
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<TrackingEventStream> readers(int count) {
        return Stream.<TrackingEventStream>generate(() -> new WokenStream(reads, null, wakeups))
                .limit(count)
                .toList();
    }

    private void append(int count) {
        for (int number = 0; number < count; number++) {
            int payload = appended.getAndIncrement();
            engine.appendEvents(new GenericDomainEventMessage<>("Account", "acc-1", payload, payload));
            wakeups.signal(WakingEventStore.EVENTS);
        }
    }

    private static List<Object> rest(TrackingEventStream reader) {
        try {
            var payloads = new ArrayList<Object>();
            while (reader.hasNextAvailable()) {
                payloads.add(reader.nextAvailable().getPayload());
            }
            return payloads;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
