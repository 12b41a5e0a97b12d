package io.nodeledger.base.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.bank.BankMessages.AccountOpened;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.testing.PostgresServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writers that commit in another order than they began, and one reader who must not notice. */
class SettledEventsTest {
    private static final int SOON_SECONDS = 10;
    private static final int MOMENT_MILLIS = 100;

    private BankService service;
    private ExecutorService writers;

    @BeforeEach
    void start() {
        service = BankService.on(PostgresServer.newDatabase(), "--nodeledger.eventstore.poll=10m");
        writers = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void stop() {
        writers.close();
        service.close();
    }

    @Test
    void whatCommitsLateIsReadBeforeWhatBeganAfterIt() throws Exception {
        try (var stream = service.bean(SettledEvents.class).openStream(null)) {
            // given
            var slow = new Slow("account-slow");
            append("account-fast");

            // when
            boolean early = stream.hasNextAvailable(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
            slow.commit();

            // then
            assertThat(early).isFalse();
            assertThat(streams(read(stream, 2))).containsExactly("account-slow", "account-fast");
        }
    }

    @Test
    void whatIsRolledBackHoldsNothingUpAndEveryTokenIsThePlaceOfItsEvent() throws Exception {
        try (var stream = service.bean(SettledEvents.class).openStream(null)) {
            // given
            var failing = new Slow("account-failing");
            append("account-a");

            // when
            failing.rollback();
            append("account-b");

            // then
            var read = read(stream, 2);
            assertThat(streams(read)).containsExactly("account-a", "account-b");
            assertThat(read.stream().map(SettledEvents::positionOf)).containsExactly(2L, 3L);
        }
    }

    @Test
    void aReaderGoesOnAfterItsToken() throws Exception {
        append("account-a");
        append("account-b");
        TrackedEventMessage<?> first;
        try (var stream = service.bean(SettledEvents.class).openStream(null)) {
            first = read(stream, 1).getFirst();
        }

        try (var stream = service.bean(SettledEvents.class).openStream(first.trackingToken())) {
            assertThat(streams(read(stream, 1))).containsExactly("account-b");
            assertThat(stream.hasNextAvailable(MOMENT_MILLIS, TimeUnit.MILLISECONDS))
                    .isFalse();
        }
    }

    private void append(String account) {
        new TransactionTemplate(service.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> publish(account));
    }

    private void publish(String account) {
        service.bean(EventStore.class)
                .publish(List.of(new GenericDomainEventMessage<>(
                        "Account", account, 0, new AccountOpened(account, Instant.EPOCH))));
    }

    private static List<TrackedEventMessage<?>> read(TrackingEventStream stream, int count)
            throws InterruptedException {
        var read = new ArrayList<TrackedEventMessage<?>>();
        while (read.size() < count) {
            assertThat(stream.hasNextAvailable(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();
            read.add(stream.nextAvailable());
        }
        return read;
    }

    private static List<String> streams(List<TrackedEventMessage<?>> events) {
        return events.stream()
                .map(event -> ((AccountOpened) event.getPayload()).account())
                .toList();
    }

    /** A transaction that has its place in the log and takes its time. */
    private final class Slow {
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile boolean failing;
        private final Future<?> done;

        Slow(String account) throws InterruptedException {
            var placed = new CountDownLatch(1);
            done = writers.submit(() -> new TransactionTemplate(service.bean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> {
                        publish(account);
                        placed.countDown();
                        awaitEnd();
                        if (failing) {
                            status.setRollbackOnly();
                        }
                    }));
            assertThat(placed.await(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        private void awaitEnd() {
            try {
                end.await();
            } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
            }
        }

        void commit() throws Exception {
            end.countDown();
            done.get(SOON_SECONDS, TimeUnit.SECONDS);
        }

        void rollback() throws Exception {
            failing = true;
            commit();
        }
    }
}
