package io.nodeledger.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which instance sends to which endpoint. Only so that two don't do the same: what is sent twice has the same id. */
final class Ownership {
    private static final String CLAIM = """
            update webhook.endpoint e
               set owner = :me, owned_until = now() + :lease * interval '1 millisecond', served_at = now()
             where e.id in (select c.id from webhook.endpoint c
                             where c.enabled and not c.id = any(:held)
                               and (c.owner = :me or c.owned_until is null or c.owned_until < now())
                               and (c.rests_until is null or c.rests_until <= now())
                               and exists (select from webhook.line l
                                            where l.endpoint_id = c.id and l.period = c.period and l.urgency in (0, 1)
                                              and l.due_at <= now())
                             order by c.served_at nulls first
                             limit :room
                               for update skip locked)
            returning e.id""";

    private static final String TARGET = """
            select url, workspace_id, period, updated_at, coalesce(rests_until > now(), false) as rests
              from webhook.endpoint where id = ? and enabled and owner = ? and owned_until > now()""";

    private final JdbcClient jdbc;
    private final String me;
    private final Duration lease;

    /** @param me who no other instance is, and no earlier life of this one */
    Ownership(JdbcClient jdbc, String me, Duration lease) {
        this.jdbc = jdbc;
        this.me = me;
        this.lease = lease;
    }

    /**
     * Where an endpoint that is its own is sent to.
     *
     * @param period what was queued in another one is not sent
     * @param updatedAt when what its owner says of it was last changed
     * @param rests it has asked to be left alone for now
     */
    record Target(String url, String workspaceId, int period, Instant updatedAt, boolean rests) {}

    /**
     * Takes endpoints that something is due for and that nobody has, those first that have waited longest.
     *
     * @param room how many at most
     */
    List<String> claim(Collection<String> held, int room) {
        return jdbc.sql(CLAIM)
                .param("me", me)
                .param("lease", lease.toMillis())
                .param("held", held.toArray(String[]::new))
                .param("room", room)
                .query(String.class)
                .list();
    }

    /** Holds on to what it has. */
    void prolong(Collection<String> held) {
        jdbc.sql("""
                        update webhook.endpoint set owned_until = now() + :lease * interval '1 millisecond'
                         where owner = :me and id = any(:held)""")
                .param("me", me)
                .param("lease", lease.toMillis())
                .param("held", held.toArray(String[]::new))
                .update();
    }

    /** Where to send, if the endpoint is enabled and still its own. */
    Optional<Target> target(String endpointId) {
        return jdbc.sql(TARGET)
                .params(endpointId, me)
                .query((row, _) -> new Target(
                        row.getString("url"),
                        row.getString("workspace_id"),
                        row.getInt("period"),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("rests")))
                .optional();
    }

    /** Leaves it to whoever comes. */
    void release(String endpointId) {
        jdbc.sql("update webhook.endpoint set owner = null, owned_until = null where id = ? and owner = ?")
                .params(endpointId, me)
                .update();
    }
}
