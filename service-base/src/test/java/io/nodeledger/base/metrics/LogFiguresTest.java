package io.nodeledger.base.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nodeledger.base.bank.BankMessages.OpenAccount;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LogFiguresTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aTransactionThatMayStillAppendKeepsTheLogFromSettling() throws SQLException {
        var database = PostgresServer.newDatabase();
        try (var bank = BankService.on(database);
                var slow = database.dataSource().getConnection()) {
            var figures = new LogFigures(
                    JdbcClient.create(bank.bean(DataSource.class)),
                    Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)),
                    meters);
            figures.read();
            assertThat(value("nodeledger.log.unsettled")).isZero();

            slow.setAutoCommit(false);
            try (var statement = slow.createStatement()) {
                statement.execute("SELECT pg_current_xact_id(), nextval(pg_get_serial_sequence("
                        + "'eventstore.domain_event', 'global_index'))");
            }
            bank.send(new OpenAccount("acc-after-the-hole"));
            figures.read();
            assertThat(value("nodeledger.log.unsettled")).isGreaterThanOrEqualTo(2);
            assertThat(value("nodeledger.log.unsettled.seconds")).isGreaterThanOrEqualTo(299);

            slow.rollback();
            figures.read();
            assertThat(value("nodeledger.log.unsettled")).isZero();
            assertThat(value("nodeledger.log.unsettled.seconds")).isZero();
        }
    }

    @Test
    void placesBetweenTwoEpochsAreNotWaitedFor() throws SQLException {
        var database = PostgresServer.newDatabase();
        try (var bank = BankService.on(database);
                var slow = database.dataSource().getConnection();
                var statement = slow.createStatement()) {
            var figures = new LogFigures(JdbcClient.create(bank.bean(DataSource.class)), Clock.systemUTC(), meters);
            slow.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id(), nextval(pg_get_serial_sequence("
                    + "'eventstore.domain_event', 'global_index'))");
            bank.send(new OpenAccount("acc-before"));
            bank.sql()
                    .sql("SELECT eventstore.open_epoch('asked for')")
                    .query(Integer.class)
                    .single();
            bank.send(new OpenAccount("acc-after"));

            figures.read();

            assertThat(value("nodeledger.log.unsettled")).isLessThan(10);
            slow.rollback();
        }
    }

    private double value(String gauge) {
        return meters.get(gauge).gauge().value();
    }
}
