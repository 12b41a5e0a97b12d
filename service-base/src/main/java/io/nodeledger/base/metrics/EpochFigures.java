package io.nodeledger.base.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The epoch that the log is in: another one says that the database is, or may be, an earlier one than it was. */
final class EpochFigures implements Figures {
    private final JdbcClient jdbc;
    private volatile double number = Double.NaN;

    EpochFigures(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        Gauge.builder("nodeledger.epoch", this, figures -> figures.number)
                .description("Number of the epoch that the log is in")
                .register(meters);
    }

    @Override
    public void read() {
        number = jdbc.sql("SELECT max(number) FROM eventstore.epoch")
                .query(Integer.class)
                .single();
    }
}
