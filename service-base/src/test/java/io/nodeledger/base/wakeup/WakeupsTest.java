package io.nodeledger.base.wakeup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.base.bank.BankMessages.OpenAccount;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.base.bank.Statements;
import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.TokenStores;
import io.nodeledger.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two instances whose fallback poll is far away, so that nothing but wake-ups finds events. */
class WakeupsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NO_POLL = "--nodeledger.eventstore.poll=10m";

    private static BankService here;
    private static BankService elsewhere;

    @BeforeAll
    static void startTwoInstances() {
        var database = PostgresServer.newDatabase();
        here = BankService.on(database, NO_POLL);
        elsewhere = BankService.on(database, NO_POLL);
        await().until(() -> listeners() == 2);
    }

    @AfterAll
    static void stopThem() {
        elsewhere.close();
        here.close();
    }

    @Test
    void aSignalReachesListenersHereAndElsewhere() {
        var heardHere = new AtomicInteger();
        var heardElsewhere = new AtomicInteger();
        try (var _ = here.bean(Wakeups.class).listen("bell", heardHere::incrementAndGet);
                var _ = elsewhere.bean(Wakeups.class).listen("bell", heardElsewhere::incrementAndGet)) {
            here.bean(Wakeups.class).signal("bell");

            assertThat(heardHere).hasValue(1);
            await().atMost(SOON).untilAtomic(heardElsewhere, org.hamcrest.Matchers.equalTo(1));
        }
        here.bean(Wakeups.class).signal("bell");
        assertThat(heardHere).hasValue(1);
    }

    @Test
    void aSignalWaitsForTheCommitAndDiesWithARollback() {
        var heard = new AtomicInteger();
        var transaction = new TransactionTemplate(here.bean(PlatformTransactionManager.class));
        try (var _ = here.bean(Wakeups.class).listen("commit", heard::incrementAndGet)) {
            transaction.executeWithoutResult(status -> {
                here.bean(Wakeups.class).signal("commit");
                assertThat(heard).hasValue(0);
            });
            assertThat(heard).hasValue(1);

            transaction.executeWithoutResult(status -> {
                here.bean(Wakeups.class).signal("commit");
                status.setRollbackOnly();
            });
            assertThat(heard).hasValue(1);
        }
    }

    @Test
    void aFailingListenerDoesNotKeepTheOthersAsleep() {
        var heard = new AtomicInteger();
        try (var _ = here.bean(Wakeups.class).listen("mixed", () -> {
                    throw new IllegalStateException("asked to fail");
                });
                var _ = here.bean(Wakeups.class).listen("mixed", heard::incrementAndGet)) {
            here.bean(Wakeups.class).signal("mixed");

            assertThat(heard).hasValue(1);
        }
    }

    @Test
    void connectionsThatBreakComeBackAndWakeEverybodyOnce() {
        var heard = new AtomicInteger();
        try (var _ = elsewhere.bean(Wakeups.class).listen("back", heard::incrementAndGet)) {
            here.sql()
                    .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE application_name = 'nodeledger-wakeups' AND datname = current_database()")
                    .query()
                    .listOfRows();
            await().atMost(SOON).until(() -> heard.get() > 0);
            var before = heard.get();

            here.bean(Wakeups.class).signal("back");

            await().atMost(SOON).until(() -> heard.get() > before);
        }
    }

    @Test
    void readersFollowWhicheverInstanceHasTheirSegments() {
        here.send(new OpenAccount("acc-lag"));
        for (var i = 0; i < 20; i++) {
            (i % 2 == 0 ? here : elsewhere).deposit("acc-lag", "1");
        }

        await().atMost(SOON).until(() -> seen(here) + seen(elsewhere) == 20);
    }

    @Test
    void aReaderMayWaitForItsOwnWrite() {
        here.send(new OpenAccount("acc-wait"));
        here.deposit("acc-wait", "1");
        var table = TokenStores.table("bank");
        var positions = here.bean(Positions.class);
        long place = positions.globalIndexOf("acc-wait", 1).orElseThrow();

        assertThat(positions.await("statements", table, place, SOON)).isTrue();
        assertThat(elsewhere.bean(Positions.class).await("statements", table, place, SOON))
                .isTrue();
        assertThat(positions.globalIndexOf("acc-wait", 2)).isEmpty();
        assertThat(positions.await("statements", table, Long.MAX_VALUE, Duration.ofMillis(50)))
                .isFalse();
        assertThat(positions.await("nobody", table, place, Duration.ofMillis(50)))
                .isFalse();
    }

    @Test
    void progressIsToldHereOnly() {
        var store = here.bean(TokenStores.class).in("bank");
        var told = new CopyOnWriteArrayList<String>();
        try (var _ = elsewhere
                        .bean(Wakeups.class)
                        .listen("progress/bank.token_entry", () -> told.add("progress elsewhere"));
                var _ = elsewhere.bean(Wakeups.class).listen("last", () -> told.add("last"));
                var _ = here.bean(Wakeups.class).listen("progress/bank.token_entry", () -> told.add("progress here"))) {
            move(store, "quiet", 1);
            here.bean(Wakeups.class).signal("last");

            await().atMost(SOON).until(() -> told.contains("last"));
            assertThat(told).contains("progress here").doesNotContain("progress elsewhere");
        }
    }

    @Test
    void progressOfOthersIsSeenByWhoWaitsForIt() throws Exception {
        var store = here.bean(TokenStores.class).in("bank");
        move(store, "moved", 1);
        var positions = elsewhere.bean(Positions.class);
        var table = TokenStores.table("bank");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waits = Stream.generate(() -> threads.submit(() -> positions.await("moved", table, 7, SOON)))
                    .limit(50)
                    .toList();
            assertThat(positions.await("moved", table, 7, Duration.ofMillis(200)))
                    .isFalse();

            move(store, "moved", 7);

            for (var wait : waits) {
                assertThat(wait.get()).isTrue();
            }
        }
    }

    @Test
    void aStreamAtItsEndAsksAgainOnlyWhenWoken() throws Exception {
        var store = here.bean(EventStore.class);
        try (var stream = store.openStream(store.createHeadToken())) {
            while (stream.hasNextAvailable()) {
                stream.nextAvailable();
            }
            var woken = new AtomicInteger();
            stream.setOnAvailableCallback(woken::incrementAndGet);

            here.send(new OpenAccount("acc-stream"));

            assertThat(woken.get()).isPositive();
            assertThat(stream.hasNextAvailable(30, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
            assertThat(stream.nextAvailable().trackingToken()).isInstanceOf(GapAwareTrackingToken.class);
        }
    }

    private static void move(TokenStore store, String processor, long place) {
        new TransactionTemplate(here.bean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            if (store.fetchSegments(processor).length == 0) {
                store.initializeTokenSegments(processor, 1);
            }
            store.storeToken(GapAwareTrackingToken.newInstance(place, List.of()), processor, 0);
        });
    }

    private static long seen(BankService bank) {
        return bank.bean(Statements.class).seen().stream()
                .filter(seen -> seen.account().equals("acc-lag"))
                .count();
    }

    private static long listeners() {
        return here.sql()
                .sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'nodeledger-wakeups'"
                        + " AND datname = current_database() AND query LIKE 'LISTEN%'")
                .query(Long.class)
                .single();
    }
}
