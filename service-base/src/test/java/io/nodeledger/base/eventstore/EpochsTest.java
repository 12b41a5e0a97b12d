package io.nodeledger.base.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nodeledger.base.bank.BankMessages.AccountOpened;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.testing.DatabaseBackup;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A log whose database is put back to an earlier moment. */
class EpochsTest {
    private static final int SOON_SECONDS = 10;
    private static final String OPENING = "SELECT eventstore.open_epoch('asked for')";

    private final TestDatabase database = PostgresServer.newDatabase();

    @Test
    void nothingIsLostInADatabaseThatIsTheOneThatItWas() {
        try (var service = BankService.on(database)) {
            append(service, "account-a");
        }

        try (var service = BankService.on(database)) {
            append(service, "account-b");

            assertThat(positions()).containsExactly(1L, 2L);
            assertThat(service.bean(Epochs.class).isLost(3)).isFalse();
        }
    }

    @Test
    void aRestoredDatabaseGivesNoPositionThatWasGivenBefore() {
        // given
        restoredAfterOneOfThreeEvents();

        // when
        try (var service = BankService.on(database)) {
            append(service, "account-d");

            // then
            var epochs = service.bean(Epochs.class);
            assertThat(positions()).hasSize(2).first().isEqualTo(1L);
            assertThat(positions().getLast()).isGreaterThan(1L << 36);
            assertThat(List.of(1L, 2L, 3L, positions().getLast()).stream().map(epochs::isLost))
                    .containsExactly(false, true, true, false);
            assertThatThrownBy(() -> epochs.requireKept("cursor", 2))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            refused -> assertThat(refused.error().details().toString())
                                    .contains("lost"));
        }
    }

    /** What the hook of a takeover does where replicas are synchronous: no service need have connected before. */
    @Test
    void whoKnowsThatNothingWasLostEntersAndAcknowledgesAtOnce() {
        restoredAfterOneOfThreeEvents();

        long acknowledged = JdbcClient.create(database.dataSource())
                .sql("SELECT eventstore.acknowledge_epoch(eventstore.enter_epoch())")
                .query(Long.class)
                .single();

        assertThat(acknowledged).isEqualTo(1);
        try (var _ = BankService.on(database)) {
            assertThat(JdbcClient.create(database.dataSource())
                            .sql("SELECT count(*) FROM eventstore.epoch WHERE acknowledged_at IS NULL")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void aConnectionToARestoredDatabaseBeginsInTheEpochEvenIfTheServiceWasNotStopped() {
        try (var service = BankService.on(database)) {
            append(service, "account-a");
            var backup = DatabaseBackup.of(database);

            backup.restore();
            // Connections from before are found to be broken one after the other.
            await().ignoreExceptions().untilAsserted(() -> append(service, "account-b"));

            assertThat(positions().getLast()).isGreaterThan(1L << 36);
        }
    }

    @Test
    void readersGoOnAcrossTheEpochsWithoutHoles() throws Exception {
        restoredAfterOneOfThreeEvents();
        try (var service = BankService.on(database)) {
            append(service, "account-d");
            append(service, "account-e");

            assertThat(accounts(service.bean(SettledEvents.class).openStream(null)))
                    .containsExactly("account-a", "account-d", "account-e");
            try (var stream = service.bean(EventStore.class).openStream(null)) {
                TrackingToken last = null;
                for (int i = 0; i < 3; i++) {
                    last = stream.nextAvailable().trackingToken();
                }
                assertThat(last)
                        .isInstanceOfSatisfying(
                                GapAwareTrackingToken.class,
                                token -> assertThat(token.getGaps()).isEmpty());
            }
        }
    }

    @Test
    void aLogThatWasRestoredEmptyIsReadFromItsFirstEventOn() throws Exception {
        try (var _ = BankService.on(database)) {
            assertThat(positions()).isEmpty();
        }
        DatabaseBackup.of(database).restore();
        try (var service = BankService.on(database)) {
            append(service, "account-b");

            try (var stream = service.bean(EventStore.class).openStream(null)) {
                assertThat(((DomainEventMessage<?>) stream.nextAvailable()).getAggregateIdentifier())
                        .isEqualTo("account-b");
            }
        }
    }

    @Test
    void whoeverKnowsOfARestoreThatDoesNotShowOpensAnEpoch() {
        try (var service = BankService.on(database)) {
            append(service, "account-a");
            append(service, "account-b");
            var epochs = service.bean(Epochs.class);

            int number = epochs.open("seen elsewhere", 2, 7L << 36);
            append(service, "account-c");

            assertThat(number).isGreaterThan(7);
            assertThat(positions().getLast()).isEqualTo((long) number << 36);
            assertThat(List.of(1L, 2L, 7L << 36).stream().map(epochs::isLost))
                    .as("what the log has is not lost")
                    .containsExactly(false, false, true);
            assertThat(List.of(
                                    0L,
                                    1L,
                                    2L,
                                    7L << 36,
                                    positions().getLast(),
                                    positions().getLast() + 4)
                            .stream()
                            .map(epochs::placesUntil))
                    .as("one of the first epoch is kept")
                    .containsExactly(0L, 1L, 1L, 1L, 2L, 6L);
        }
    }

    @Test
    void twoWhoSeeTheSameOpenOneEpochAndLoseNothingOfIt() {
        try (var service = BankService.on(database)) {
            append(service, "account-a");
            var epochs = service.bean(Epochs.class);

            int first = epochs.open("seen by one", 2, 5);
            append(service, "account-b");
            int second = epochs.open("seen by another", 3, 5);

            assertThat(second).isEqualTo(first);
            assertThat(epochs.isLost(positions().getLast())).isFalse();
            // Another restore that loses more is another epoch.
            assertThat(epochs.open(
                            "seen later", positions().getLast() + 1, positions().getLast() + 1))
                    .isGreaterThan(first);
        }
    }

    @Test
    void nothingThatTheLogHasIsLostWhateverIsSaidOfIt() {
        try (var service = BankService.on(database)) {
            append(service, "account-a");
            append(service, "account-b");
            var epochs = service.bean(Epochs.class);

            epochs.open("the very first event is another's", 1, 1);

            assertThat(List.of(1L, 2L, 3L).stream().map(epochs::isLost)).containsExactly(false, false, true);
            assertThat(List.of(1L, 2L).stream().map(epochs::isLeftOut)).containsExactly(true, true);
        }
    }

    @Test
    void aLogFromBeforeThereWereEpochsMayBeARestoredOne() {
        // given
        try (var service = BankService.on(database)) {
            append(service, "account-a");
        }
        sql("""
                DO $$
                DECLARE known regprocedure;
                BEGIN
                  FOR known IN SELECT oid FROM pg_proc
                                WHERE pronamespace = 'eventstore'::regnamespace AND proname ~ 'epoch|home' LOOP
                    EXECUTE 'DROP FUNCTION ' || known;
                  END LOOP;
                  DROP TABLE eventstore.epoch;
                  DELETE FROM eventstore.schema_history WHERE version::integer >= 3;
                END
                $$""");

        // when
        try (var service = BankService.on(database)) {
            append(service, "account-b");

            // then
            assertThat(positions().getLast()).isGreaterThan(1L << 36);
            assertThat(service.bean(Epochs.class).isLost(2)).isTrue();
        }
    }

    @Test
    void noPositionIsFarAheadOfTheClock() {
        try (var service = BankService.on(database)) {
            var epochs = service.bean(Epochs.class);
            int hours = Math.toIntExact(Duration.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.now())
                    .toHours());

            assertThat(epochs.highestPossible() >> 36).isBetween(hours + 24L, hours + 25L);
        }
    }

    @Test
    void eventsAreLostThatTheLogLacksAndWillNotGet() {
        restoredAfterOneOfThreeEvents();
        try (var service = BankService.on(database)) {
            append(service, "account-d");
            String kept = service.sql()
                    .sql("SELECT event_identifier FROM eventstore.domain_event WHERE global_index = 1")
                    .query(String.class)
                    .single();

            // The kept one at a position of the lost ones, as after a snapshot that was not told of at once.
            assertThat(service.bean(Epochs.class)
                            .lostAmong(Map.of(kept, 2L, "evt-lost", 2L, "evt-foreign", 1L, "evt-to-come", 1L << 52)))
                    .containsExactly("evt-lost");
            assertThat(service.bean(Epochs.class).lostAmong(Map.of())).isEmpty();
        }
    }

    /** As production has it: the schemas' owner is no superuser, and services own nothing. */
    @Test
    void itNeedsNoSuperuser() throws Exception {
        try (var _ = BankService.on(database)) {
            String name = "epochs_" + Long.toHexString(System.nanoTime());
            sql("CREATE ROLE " + name + "_owner");
            sql("CREATE ROLE " + name + " LOGIN PASSWORD 'secret'");
            for (String function : List.of("home()", "enter_epoch()", "open_epoch(text, bigint, bigint)")) {
                sql("ALTER FUNCTION eventstore." + function + " OWNER TO " + name + "_owner");
            }
            sql("GRANT USAGE, CREATE ON SCHEMA eventstore TO " + name + "_owner");
            sql("ALTER TABLE eventstore.domain_event OWNER TO " + name + "_owner");
            sql("ALTER TABLE eventstore.epoch OWNER TO " + name + "_owner");
            sql("GRANT USAGE ON SCHEMA eventstore TO " + name);

            var anybodys = database.url().replaceAll("[?].*", "");
            try (var connection = DriverManager.getConnection(anybodys, name, "secret");
                    var statement = connection.createStatement()) {
                statement.execute(Epochs.ENTERING);
                // Not everybody may make positions leap.
                assertThatThrownBy(() -> statement.execute(OPENING)).hasMessageContaining("permission denied");
                sql("GRANT EXECUTE ON FUNCTION eventstore.open_epoch(text, bigint, bigint) TO " + name);
                statement.execute(OPENING);
            }

            assertThat(JdbcClient.create(database.dataSource())
                            .sql("SELECT count(*) FROM eventstore.epoch")
                            .query(Long.class)
                            .single())
                    .isEqualTo(2);
        }
    }

    private void restoredAfterOneOfThreeEvents() {
        try (var service = BankService.on(database)) {
            append(service, "account-a");
        }
        var backup = DatabaseBackup.of(database);
        try (var service = BankService.on(database)) {
            append(service, "account-b");
            append(service, "account-c");
        }
        backup.restore();
    }

    private static void append(BankService service, String account) {
        new TransactionTemplate(service.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> service.bean(EventStore.class)
                        .publish(new GenericDomainEventMessage<>(
                                "Account", account, 0, new AccountOpened(account, Instant.EPOCH))));
    }

    private static List<String> accounts(TrackingEventStream stream) throws Exception {
        try (stream) {
            var read = new ArrayList<String>();
            while (read.size() < 3 && stream.hasNextAvailable(SOON_SECONDS, TimeUnit.SECONDS)) {
                read.add(((AccountOpened) stream.nextAvailable().getPayload()).account());
            }
            return read;
        }
    }

    private List<Long> positions() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT global_index FROM eventstore.domain_event ORDER BY global_index")
                .query(Long.class)
                .list();
    }

    private void sql(String statement) {
        JdbcClient.create(database.dataSource()).sql(statement).update();
    }
}
