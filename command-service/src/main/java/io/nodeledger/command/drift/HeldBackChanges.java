package io.nodeledger.command.drift;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the provisioner's breakers hold back. An operator's word is left in the region's row, where the next pass takes it:
 * no command travels between processes.
 */
public final class HeldBackChanges {
    private static final String TABLE = "provisioner.reconciled_region";

    private final JdbcClient jdbc;

    public HeldBackChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the region is one that is compared. */
    boolean knows(String region) {
        return isThere()
                && jdbc.sql("SELECT EXISTS (SELECT FROM " + TABLE + " WHERE region = ?)")
                        .param(region)
                        .query(Boolean.class)
                        .single();
    }

    /**
     * Accepts as many changes as are held back at this moment.
     *
     * @return how many; empty when nothing is
     */
    Optional<Integer> accept(String region, String by, String requestId, Instant at) {
        return jdbc.sql("UPDATE " + TABLE + """
                         SET accepted_changes = held_back, accepted_at = ?, accepted_by = ?, accepted_request = ?
                        WHERE region = ? AND breaker_reason IS NOT NULL AND held_back > 0
                        RETURNING accepted_changes""")
                .params(at.atOffset(ZoneOffset.UTC), by, requestId, region)
                .query(Integer.class)
                .optional();
    }

    private boolean isThere() {
        return jdbc.sql("SELECT to_regclass(?) IS NOT NULL")
                .param(TABLE)
                .query(Boolean.class)
                .single();
    }
}
