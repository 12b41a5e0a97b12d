package io.nodeledger.query.observed;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Knows which tables of observation are there: none is before the service that writes them has started once. */
public final class ObservedTables {
    private final JdbcClient jdbc;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    public ObservedTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether a table, named with its schema, is there. */
    public boolean has(String table) {
        if (seen.contains(table)) {
            return true;
        }
        boolean there = jdbc.sql("SELECT to_regclass(?) IS NOT NULL")
                .param(table)
                .query(Boolean.class)
                .single();
        if (there) {
            seen.add(table);
        }
        return there;
    }
}
