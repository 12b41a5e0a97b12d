package io.nodeledger.base.metrics;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The last place of the log. */
public final class LogHead {
    private LogHead() {}

    /** Its place in the global order, 0 while the log is empty. */
    public static long read(JdbcClient jdbc) {
        return jdbc.sql("SELECT coalesce(max(global_index), 0) FROM eventstore.domain_event")
                .query(Long.class)
                .single();
    }
}
