package io.nodeledger.resilience.check;

import io.nodeledger.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares what readers see at two moments, row by row, whatever a table's shape is. */
public final class ReadTables {
    private static final int SHOWN = 3;

    /** A count of nothing is like none: a status that a node passes within one batch leaves none behind. */
    private static final String LINES =
            "select to_jsonb(shown) as line from query.%1$s shown where to_jsonb(shown) ->> 'nodes' is distinct from '0'";

    private final JdbcClient jdbc;

    public ReadTables(TestDatabase database) {
        this.jdbc = JdbcClient.create(database.keptConnections());
    }

    /** The place of the last event. */
    public long lastPosition() {
        return jdbc.sql("select max(global_index) from eventstore.domain_event")
                .query(Long.class)
                .single();
    }

    /** Keeps what readers see of the tables now. */
    public void keep(List<String> tables) {
        jdbc.sql("drop schema if exists kept cascade; create schema kept").update();
        tables.forEach(table -> jdbc.sql("create table kept." + table + " as " + LINES.formatted(table))
                .update());
    }

    /** What readers see now and did not see then, or the other way round. */
    public List<String> differences(List<String> tables) {
        var found = new ArrayList<String>();
        for (String table : tables) {
            String kept = "select line from kept." + table;
            String shown = LINES.formatted(table);
            lines(kept, shown)
                    .forEach(line -> found.add("I7: %s has a line that no replay makes: %s".formatted(table, line)));
            lines(shown, kept)
                    .forEach(line -> found.add("I7: %s lacks a line that a replay makes: %s".formatted(table, line)));
        }
        return found;
    }

    private List<String> lines(String of, String without) {
        return jdbc.sql("select line::text from (%s except all %s) as difference limit %d"
                        .formatted(of, without, SHOWN))
                .query(String.class)
                .list();
    }
}
