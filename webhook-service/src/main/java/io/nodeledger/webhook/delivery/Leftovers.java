package io.nodeledger.webhook.delivery;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cancels what was queued for endpoints that were disabled since, and forgets what endpoints that are gone have left. That may be
 * millions of rows, which neither the owner nor the log waits for: nothing of it is sent any more as soon as they have the answer.
 * What somebody holds is left to the next round, and a deadlock to nobody.
 */
final class Leftovers {
    private static final int BATCH = 1_000;

    private static final String CANCEL = """
            update webhook.delivery set status = 'cancelled'
             where id in (select d.id from webhook.delivery d join webhook.endpoint e on e.id = d.endpoint_id
                           where d.endpoint_id = ? and d.status = 'pending' and d.period < e.period
                           limit %d for update of d skip locked)""".formatted(BATCH);

    private static final String FORGET = """
            delete from webhook.delivery
             where id in (select d.id from webhook.delivery d
                           where d.endpoint_id = ? and not exists (select from webhook.endpoint e where e.id = d.endpoint_id)
                           limit %d for update of d skip locked)""".formatted(BATCH);

    private static final String LINES = """
            delete from webhook.line
             where (endpoint_id, period, name) in (
                     select l.endpoint_id, l.period, l.name from webhook.line l
                      where l.endpoint_id = ?
                        and not exists (select from webhook.endpoint e where e.id = l.endpoint_id and e.period <= l.period)
                      limit %d for update of l skip locked)""".formatted(BATCH);

    /**
     * What was under way when it was called off has been written by then: no transaction lives for so long. What a round passed
     * over because somebody held it is still to come.
     */
    private static final String DONE = """
            delete from webhook.leftover f
             where f.endpoint_id = ? and f.since < now() - interval '1 minute'
               and not exists (select from webhook.delivery d
                                where d.endpoint_id = f.endpoint_id
                                  and not exists (select from webhook.endpoint e
                                                   where e.id = d.endpoint_id
                                                     and (d.status <> 'pending' or d.period >= e.period)))""";

    private final JdbcClient jdbc;

    Leftovers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Removes all there is now. */
    void sweep() {
        List<String> endpoints = jdbc.sql("select endpoint_id from webhook.leftover order by since")
                .query(String.class)
                .list();
        for (String endpoint : endpoints) {
            for (String statement : List.of(CANCEL, FORGET, LINES)) {
                int gone = BATCH;
                while (gone == BATCH) {
                    gone = jdbc.sql(statement).param(endpoint).update();
                }
            }
            jdbc.sql(DONE).param(endpoint).update();
        }
    }
}
