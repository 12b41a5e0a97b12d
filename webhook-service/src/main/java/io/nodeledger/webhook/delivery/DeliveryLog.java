package io.nodeledger.webhook.delivery;

import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What was sent and what came of it, for those who own the endpoint. */
final class DeliveryLog {
    static final String LIST = "deliveries";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<Attempt>> ATTEMPTS = new TypeReference<>() {};
    private static final int BATCH = 1_000;

    private static final String SELECT = """
            select * from (
              select d.id, d.event_id, m.type, d.origin, d.attempts, l.due_at,
                     case when d.status = 'pending' and d.period < e.period then 'cancelled' else d.status end as status
                from webhook.endpoint e
                join webhook.delivery d on d.endpoint_id = e.id
                join webhook.message m using (event_id)
                left join webhook.line l on d.status = 'pending' and d.period = e.period
                                        and l.endpoint_id = e.id and l.period = d.period and l.name = d.line
               where e.id = ?) d""";

    private final JdbcClient jdbc;

    DeliveryLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A page, the newest first.
     *
     * @param status only deliveries with it, null for all
     * @param origin only deliveries that are sent for that reason, null for all
     * @param before the last one of the page before, null for the first page
     */
    CursorPage<DeliveryView> page(
            String endpointId, @Nullable String status, @Nullable String origin, @Nullable String before, int limit) {
        var terms = new ArrayList<String>();
        var parameters = new ArrayList<Object>(List.of(endpointId));
        if (before != null) {
            terms.add("d.id < ?");
            parameters.add(before);
        }
        if (status != null) {
            terms.add("d.status = ?");
            parameters.add(status);
        }
        if (origin != null) {
            terms.add("d.origin = ?");
            parameters.add(origin);
        }
        parameters.add(limit + 1);
        String where = terms.isEmpty() ? "" : " where " + String.join(" and ", terms);
        var rows = jdbc.sql(SELECT + where + " order by d.id desc limit ?")
                .params(parameters)
                .query((row, _) -> view(row))
                .list();
        return Cursor.page(rows, limit, delivery -> Cursor.after(LIST, delivery.id()));
    }

    Optional<DeliveryView> find(String endpointId, String deliveryId) {
        return jdbc.sql(SELECT + " where d.id = ?")
                .params(endpointId, deliveryId)
                .query((row, _) -> view(row))
                .optional();
    }

    /** Forgets what has come to its end and is older than that. */
    void purge(Duration age) {
        int gone = BATCH;
        while (gone == BATCH) {
            gone = purgeBatch(age);
        }
    }

    private int purgeBatch(Duration age) {
        int gone = jdbc.sql("""
                        with old as (select event_id from webhook.message m
                                      where m.created_at < now() - ? * interval '1 second'
                                        and not exists (select from webhook.delivery d
                                                         where d.event_id = m.event_id and d.status = 'pending')
                                      limit ?),
                             deliveries as (delete from webhook.delivery
                                             where event_id in (select event_id from old) and status <> 'pending')
                        select count(*) from old""")
                .params(age.toSeconds(), BATCH)
                .query(Integer.class)
                .single();
        jdbc.sql("""
                        delete from webhook.message m
                         where m.created_at < now() - ? * interval '1 second'
                           and not exists (select from webhook.delivery d where d.event_id = m.event_id)""").param(age.toSeconds()).update();
        return gone;
    }

    private static DeliveryView view(ResultSet row) throws SQLException {
        OffsetDateTime due = row.getObject("due_at", OffsetDateTime.class);
        return new DeliveryView(
                row.getString("id"),
                row.getString("event_id"),
                row.getString("type"),
                row.getString("origin"),
                row.getString("status"),
                JSON.readValue(row.getString("attempts"), ATTEMPTS),
                due == null ? null : due.toInstant());
    }
}
