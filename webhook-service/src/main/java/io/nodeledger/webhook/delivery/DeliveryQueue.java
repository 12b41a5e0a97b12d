package io.nodeledger.webhook.delivery;

import io.nodeledger.base.wakeup.Wakeups;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** What is to be sent, in {@code webhook.delivery}: put in once, taken out by the endpoint's lane. */
final class DeliveryQueue {
    /** Wakes whoever looks for endpoints that something is due for. */
    static final String CHANNEL = "webhooks";

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String MESSAGES = """
            insert into webhook.message (event_id, type, node_id, position, body)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[])
            on conflict do nothing""";

    /** An endpoint that was deleted meanwhile gets nothing. */
    private static final String DELIVERIES = """
            insert into webhook.delivery (id, endpoint_id, event_id, origin, status, due_at, urgency, position)
            select n.id, n.endpoint_id, n.event_id, n.origin, 'pending', now(), n.urgency, n.position
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::smallint[], ?::bigint[])
                   as n (id, endpoint_id, event_id, origin, urgency, position)
              join webhook.endpoint e on e.id = n.endpoint_id and e.enabled
            on conflict do nothing""";

    private static final String DUE = """
            select d.id, d.event_id, d.tries, m.node_id, m.body
              from webhook.delivery d join webhook.message m using (event_id)
             where d.endpoint_id = ? and d.urgency = ? and d.due_at <= now()
             order by d.due_at, d.position
             limit ?""";

    /** What was called off meanwhile stays so, unless it has arrived all the same. */
    private static final String RECORD = """
            update webhook.delivery d
               set attempts = d.attempts || n.attempt::jsonb,
                   tries = d.tries + 1,
                   status = case when n.status = 'delivered' or d.due_at is not null then n.status else d.status end,
                   due_at = case when d.due_at is not null and n.pause >= 0
                                 then now() + n.pause * interval '1 millisecond' end
              from unnest(?::text[], ?::text[], ?::text[], ?::bigint[]) as n (id, attempt, status, pause)
             where d.id = n.id""";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Wakeups wakeups;

    DeliveryQueue(JdbcClient jdbc, TransactionOperations transactions, Wakeups wakeups) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.wakeups = wakeups;
    }

    /** Wakes the lane of an endpoint, wherever it is. */
    static String channelOf(String endpointId) {
        return "webhook:" + endpointId;
    }

    /**
     * A delivery whose time has come.
     *
     * @param tries attempts of its schedule so far
     */
    record Due(String id, String eventId, String nodeId, String body, int tries) {}

    /**
     * What came of a delivery.
     *
     * @param pauseMillis until the next attempt, negative when there is none
     */
    record Result(String id, Attempt attempt, String status, long pauseMillis) {}

    /** Puts deliveries in, those that are there already excepted. */
    void put(List<NewDelivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        List<Outgoing> messages =
                deliveries.stream().map(NewDelivery::message).distinct().toList();
        transactions.executeWithoutResult(_ -> {
            jdbc.sql(MESSAGES)
                    .params(
                            texts(messages, Outgoing::eventId),
                            texts(messages, Outgoing::type),
                            texts(messages, Outgoing::nodeId),
                            array(messages, Outgoing::position),
                            texts(messages, Outgoing::body))
                    .update();
            jdbc.sql(DELIVERIES)
                    .params(
                            texts(deliveries, NewDelivery::id),
                            texts(deliveries, NewDelivery::endpointId),
                            texts(deliveries, it -> it.message().eventId()),
                            texts(deliveries, NewDelivery::origin),
                            array(deliveries, it -> (long) it.urgency()),
                            array(deliveries, it -> it.message().position()))
                    .update();
            wakeups.signal(CHANNEL);
            deliveries.stream()
                    .map(NewDelivery::endpointId)
                    .distinct()
                    .forEach(endpoint -> wakeups.signal(channelOf(endpoint)));
        });
    }

    /** What is due for an endpoint, what happens before what is repeated. */
    List<Due> due(String endpointId, int limit) {
        List<Due> live = due(endpointId, 0, limit);
        return live.isEmpty() ? due(endpointId, 1, limit) : live;
    }

    private List<Due> due(String endpointId, int urgency, int limit) {
        return jdbc.sql(DUE)
                .params(endpointId, urgency, limit)
                .query((row, _) -> new Due(
                        row.getString("id"),
                        row.getString("event_id"),
                        row.getString("node_id"),
                        row.getString("body"),
                        row.getInt("tries")))
                .list();
    }

    /** Keeps what came of deliveries. */
    void record(List<Result> results) {
        jdbc.sql(RECORD)
                .params(
                        texts(results, Result::id),
                        texts(results, result -> JSON.writeValueAsString(result.attempt())),
                        texts(results, Result::status),
                        array(results, Result::pauseMillis))
                .update();
    }

    private static <T> String[] texts(List<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    private static <T> Long[] array(List<T> items, Function<T, Long> number) {
        return items.stream().map(number).toArray(Long[]::new);
    }
}
