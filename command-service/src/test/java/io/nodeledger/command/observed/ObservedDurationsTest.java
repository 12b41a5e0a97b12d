package io.nodeledger.command.observed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Estimates from the durations that the provisioner keeps. The table is another service's; here it is made as that makes it. */
class ObservedDurationsTest {
    private final JdbcClient sql =
            JdbcClient.create(PostgresServer.newDatabase().dataSource());
    private final ObservedDurations estimates = new ObservedDurations(sql);

    @Test
    void withoutTheProvisionersTablesTheUsualTimeCounts() {
        estimates.refresh();

        assertThat(estimates.secondsOf(OperationType.STOP)).isEqualTo(180);
    }

    @Test
    void nearlyAllOfTheLastOnesWereFaster() {
        given(OperationType.STOP, 100, 20);
        estimates.refresh();

        assertThat(estimates.secondsOf(OperationType.STOP)).isEqualTo(95);
        assertThat(estimates.secondsOf(OperationType.START))
                .as("of these nothing is known")
                .isEqualTo(120);
    }

    @Test
    void aFewSayNothingYet() {
        given(OperationType.STOP, 10, 4);
        estimates.refresh();

        assertThat(estimates.secondsOf(OperationType.STOP)).isEqualTo(180);
    }

    @Test
    void oneBadDayDoesNotPromiseHours() {
        given(OperationType.STOP, 20_000, 20);
        given(OperationType.UPDATE, 0, 6);
        estimates.refresh();

        assertThat(estimates.secondsOf(OperationType.STOP)).isEqualTo(720);
        assertThat(estimates.secondsOf(OperationType.UPDATE)).isEqualTo(1);
    }

    /** So many, evenly up to the longest. */
    private void given(OperationType type, int longest, int count) {
        sql.sql("CREATE SCHEMA IF NOT EXISTS provisioner").update();
        sql.sql("CREATE TABLE IF NOT EXISTS provisioner.operation_duration (type text, slot int, seconds float8)")
                .update();
        sql.sql("""
                        INSERT INTO provisioner.operation_duration
                        SELECT ?, slot, ?::float8 * slot / ?::float8 FROM generate_series(1, ?) AS slot""").params(type.name(), longest, count, count).update();
    }
}
