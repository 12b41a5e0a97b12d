package io.nodeledger.base.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.bank.BankMessages.OpenAccount;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.base.bank.Statements;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProcessorLagTest {
    private static final TestDatabase DATABASE = PostgresServer.newDatabase();

    private static BankService bank;

    @BeforeAll
    static void start() {
        bank = BankService.on(DATABASE, "--nodeledger.metrics.read-every=100ms");
    }

    @AfterAll
    static void stop() {
        bank.close();
    }

    @Test
    void aProcessorThatRunsHasItsSegmentsAndNoGaps() {
        await().until(() -> gauge("nodeledger.processor.segments") == 2);

        assertThat(gauge("nodeledger.processor.running")).isEqualTo(1);
        assertThat(gauge("nodeledger.processor.gaps")).isZero();
    }

    @Test
    void anEventThatWaitsGrowsOld() throws SQLException {
        await().until(() -> gauge("nodeledger.processor.segments") == 2);
        bank.send(new OpenAccount("acc-waited-for"));
        try (var other = DATABASE.dataSource().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM bank.token_entry WHERE processor_name = 'statements' FOR UPDATE");
            bank.deposit("acc-waited-for", "1");

            await().until(() -> gauge("nodeledger.processor.lag.seconds") > 0);
            other.rollback();
        }
        await().until(() -> gauge("nodeledger.processor.lag.seconds") == 0);
    }

    @Test
    void aBatchThatFailsIsCountedAndTriedAgain() {
        double failures = failures();
        bank.send(new OpenAccount("acc-failing"));
        bank.bean(Statements.class).failOnce();
        bank.deposit("acc-failing", "1");

        await().until(() -> bank.bean(Statements.class).seen().stream()
                .anyMatch(seen -> seen.account().equals("acc-failing")));
        assertThat(failures()).isEqualTo(failures + 1);
    }

    private static double gauge(String name) {
        return bank.bean(MeterRegistry.class)
                .get(name)
                .tag("processor", "statements")
                .gauge()
                .value();
    }

    private static double failures() {
        return bank.bean(MeterRegistry.class)
                .get("nodeledger.processor.failures")
                .tag("processor", "statements")
                .counter()
                .count();
    }
}
