package io.nodeledger.webhook.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which instance sends to which endpoint. Only so that two don't do the same: what is sent twice has the same id. */
final class Ownership {
    private static final int MOST_AT_ONCE = 500;

    private static final String CLAIM = """
            update webhook.endpoint e set owner = :me, owned_until = now() + :lease * interval '1 millisecond'
             where e.id in (select c.id from webhook.endpoint c
                             where c.enabled and not c.id = any(:held)
                               and (c.owner = :me or c.owned_until is null or c.owned_until < now())
                               and exists (select from webhook.delivery d
                                            where d.endpoint_id = c.id and d.due_at <= now())
                             limit %d
                               for update skip locked)
            returning e.id""".formatted(MOST_AT_ONCE);

    private final JdbcClient jdbc;
    private final String me;
    private final Duration lease;

    /** @param me who no other instance is, and no earlier life of this one */
    Ownership(JdbcClient jdbc, String me, Duration lease) {
        this.jdbc = jdbc;
        this.me = me;
        this.lease = lease;
    }

    /** Takes endpoints that something is due for and that nobody has. */
    List<String> claim(Collection<String> held) {
        return jdbc.sql(CLAIM)
                .param("me", me)
                .param("lease", lease.toMillis())
                .param("held", held.toArray(String[]::new))
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

    /** Whether it is still its own. */
    boolean holds(String endpointId) {
        return jdbc.sql(
                        "select exists (select from webhook.endpoint where id = ? and owner = ? and owned_until > now())")
                .params(endpointId, me)
                .query(Boolean.class)
                .single();
    }

    /** Leaves it to whoever comes. */
    void release(String endpointId) {
        jdbc.sql("update webhook.endpoint set owner = null, owned_until = null where id = ? and owner = ?")
                .params(endpointId, me)
                .update();
    }
}
