package io.nodeledger.base.wakeup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
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
            return super.readEvents(token, mayBlock);
        }
    }

    @Test
    void readersAtTheEndShareOneRead() {
        var readers = readers(6);
        append(3);

        assertThat(readers).allSatisfy(reader -> assertThat(rest(reader)).containsExactly(0, 1, 2));
        // Each asks once more whether that was all.
        assertThat(engine.reads).hasValueLessThanOrEqualTo(2);

        append(1);

        assertThat(readers).allSatisfy(reader -> assertThat(rest(reader)).containsExactly(3));
        assertThat(engine.reads).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void whoIsFarBehindReadsByItself() {
        append(200);
        var readers = readers(3);

        assertThat(readers).allSatisfy(reader -> assertThat(rest(reader)).hasSize(200));
        assertThat(engine.reads).hasValueGreaterThanOrEqualTo(3);
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
