package io.nodeledger.query.explain;

import static java.util.stream.Collectors.groupingBy;

import io.nodeledger.query.explain.Chain.Delivery;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what webhooks were sent of events, where there is a service that sends. Deliveries are kept for a while only. */
final class DeliveryQueries {
    private static final String EXIST = "SELECT to_regclass('webhook.delivery') IS NOT NULL";

    private static final String OF_EVENTS = """
            SELECT id, endpoint_id, event_id, status, jsonb_array_length(attempts) AS attempts
            FROM webhook.delivery WHERE event_id = ANY (?) ORDER BY position, id""";

    private final JdbcClient jdbc;

    DeliveryQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The deliveries of events, by event. */
    Map<String, List<Delivery>> of(List<String> eventIds) {
        if (eventIds.isEmpty() || !jdbc.sql(EXIST).query(Boolean.class).single()) {
            return Map.of();
        }
        return jdbc
                .sql(OF_EVENTS)
                .param(eventIds.toArray(String[]::new))
                .query((row, _) -> new Delivery(
                        row.getString("id"),
                        row.getString("endpoint_id"),
                        row.getString("event_id"),
                        row.getString("status"),
                        row.getInt("attempts")))
                .list()
                .stream()
                .collect(groupingBy(Delivery::eventId));
    }
}
