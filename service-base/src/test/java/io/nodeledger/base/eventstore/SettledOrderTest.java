package io.nodeledger.base.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SettledOrderTest {

    private TestDatabase database;
    private SettledOrder order;

    @BeforeEach
    void createStore() {
        database = PostgresServer.newDatabase();
        var settings = new DatabaseSettings(
                database.url(),
                database.user(),
                database.password(),
                4,
                1,
                2,
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));
        new SchemaMigrations(settings, List.of(new SchemaMigration("eventstore", "classpath:db/eventstore", 0)));
        order = new SettledOrder(JdbcClient.create(database.dataSource()), 0);
    }

    @Test
    void anEmptyOrderIsSettledAtItsBeginning() {
        assertThat(order.advance()).isZero();
    }

    @Test
    void aHoleHoldsTheOrderUntilItsTransactionCommits() throws SQLException {
        try (var slow = begin();
                var fast = begin()) {
            append(slow, "a");
            append(fast, "b");
            fast.commit();

            assertThat(order.advance()).isZero();
            slow.commit();
            assertThat(order.advance()).isEqualTo(2);
        }
    }

    @Test
    void aHoleIsDeadOnceItsTransactionHasGivenUp() throws SQLException {
        try (var failing = begin();
                var fast = begin()) {
            append(failing, "a");
            append(fast, "b");
            fast.commit();
            assertThat(order.advance()).isZero();

            failing.rollback();

            assertThat(order.advance()).isEqualTo(2);
        }
    }

    @Test
    void aTransactionThatBeganLaterHoldsNothing() throws SQLException {
        try (var failing = begin();
                var fast = begin()) {
            append(failing, "a");
            append(fast, "b");
            fast.commit();
            assertThat(order.advance()).isZero();
            try (var later = begin()) {
                append(later, "c");
                failing.rollback();

                assertThat(order.advance()).isEqualTo(2);
                later.commit();
                assertThat(order.advance()).isEqualTo(3);
            }
        }
    }

    private Connection begin() throws SQLException {
        var connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void append(Connection connection, String stream) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO eventstore.domain_event (aggregate_identifier,"
                + " sequence_number, event_identifier, time_stamp, payload_type, payload, meta_data)"
                + " VALUES (?, 0, ?, '', '', '', '')")) {
            insert.setString(1, stream);
            insert.setString(2, stream);
            insert.execute();
        }
    }
}
