package io.nodeledger.provisioner.reconciliation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where each region's reconciliation stands, in {@code provisioner.reconciled_region}. */
final class RegionStates {
    private final JdbcClient jdbc;

    RegionStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An operator's word that so many changes are right.
     *
     * @param requestId the request by which it was given
     */
    record Acceptance(int changes, Instant at, String by, String requestId) {}

    /** Makes the region known; changes nothing when it is. */
    void begin(String region) {
        jdbc.sql("insert into provisioner.reconciled_region (region) values (?) on conflict do nothing")
                .param(region)
                .update();
    }

    /** Why the region's breaker is open; empty while it is closed. */
    Optional<String> openBecause(String region) {
        return jdbc.sql("""
                        select breaker_reason from provisioner.reconciled_region
                         where region = ? and breaker_reason is not null""").param(region).query(String.class).optional();
    }

    /** Opens the breaker, or keeps it open. */
    void open(String region, String reason, int heldBack, Instant at) {
        jdbc.sql("""
                        update provisioner.reconciled_region
                           set breaker_reason = ?, breaker_since = coalesce(breaker_since, ?), held_back = ?
                         where region = ?""").params(reason, utc(at), heldBack, region).update();
    }

    /** A pass has come to its end; what was accepted before has been used, or is not needed any more. */
    void passed(String region, Instant at) {
        jdbc.sql("""
                        update provisioner.reconciled_region
                           set passed_at = ?, breaker_reason = null, breaker_since = null, held_back = 0,
                               accepted_changes = null, accepted_at = null, accepted_by = null, accepted_request = null
                         where region = ?""").params(utc(at), region).update();
    }

    /** What an operator has accepted for the region's next pass. */
    @Nullable
    Acceptance accepted(String region) {
        return jdbc.sql("""
                        select accepted_changes, accepted_at, accepted_by, accepted_request
                          from provisioner.reconciled_region where region = ? and accepted_at is not null""")
                .param(region)
                .query((row, _) -> new Acceptance(
                        row.getInt(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4)))
                .optional()
                .orElse(null);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
