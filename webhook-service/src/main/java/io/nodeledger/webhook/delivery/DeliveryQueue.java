package io.nodeledger.webhook.delivery;

import io.nodeledger.base.wakeup.Wakeups;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts what is to be sent into {@code webhook.delivery}, each thing once, where its endpoint's lane finds it. */
final class DeliveryQueue {
    /** Wakes whoever looks for endpoints that something is due for. */
    static final String CHANNEL = "webhooks";

    /** A line that waits after a failure is tried early when something new comes to it, but not more often than that. */
    private static final Duration BETWEEN_PROBES = Duration.ofMinutes(15);

    /** What is queued once more is kept as long as what is new. */
    private static final String MESSAGES = """
            insert into webhook.message (event_id, type, node_id, position, body, trace_parent, request_id)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[])
            on conflict (event_id) do update set created_at = now()
             where webhook.message.created_at < now() - interval '1 hour'""";

    /** An endpoint that was deleted meanwhile gets nothing. */
    private static final String DELIVERIES = """
            with added as (
              insert into webhook.delivery (id, endpoint_id, event_id, origin, status, urgency, position, line, period)
              select n.id, n.endpoint_id, n.event_id, n.origin, 'pending', n.urgency, n.position, n.line, e.period
                from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::smallint[], ?::bigint[], ?::text[])
                     as n (id, endpoint_id, event_id, origin, urgency, position, line)
                join webhook.endpoint e on e.id = n.endpoint_id and e.enabled
              on conflict do nothing
              returning id, endpoint_id, period, line, urgency)
            insert into webhook.line (endpoint_id, period, name, urgency, alone, due_at, planned_at)
            select endpoint_id, period, line, min(urgency), bool_and(line = id), now(), now()
              from added group by endpoint_id, period, line order by endpoint_id, period, line
            on conflict (endpoint_id, period, name) do update
              set due_at = case when webhook.line.tried_at > now() - %d * interval '1 second' then webhook.line.due_at
                                else least(webhook.line.due_at, now()) end""".formatted(BETWEEN_PROBES.toSeconds());

    private static final String KEEP_ITS_MESSAGE = """
            update webhook.message set created_at = now()
             where event_id = (select event_id from webhook.delivery where endpoint_id = ? and id = ?)""";

    private static final String ONCE_MORE = """
            with again as (
              update webhook.delivery d
                 set status = 'pending', tries = 0, generation = generation + 1, urgency = 0, line = d.id,
                     period = e.period
                from webhook.endpoint e
               where d.endpoint_id = e.id and e.enabled and e.id = ? and d.id = ?
              returning d.id, d.endpoint_id, d.period)
            insert into webhook.line (endpoint_id, period, name, urgency, alone, due_at, planned_at)
            select endpoint_id, period, id, 0, true, now(), now() from again
            on conflict (endpoint_id, period, name) do update set due_at = now(), planned_at = now(), tried_at = null""";

    private final JdbcClient jdbc;
    private final Lines lines;
    private final TransactionOperations transactions;
    private final Wakeups wakeups;

    DeliveryQueue(JdbcClient jdbc, Lines lines, TransactionOperations transactions, Wakeups wakeups) {
        this.jdbc = jdbc;
        this.lines = lines;
        this.transactions = transactions;
        this.wakeups = wakeups;
    }

    /** Wakes the lane of an endpoint, wherever it is. */
    static String channelOf(String endpointId) {
        return "webhook:" + endpointId;
    }

    /** Puts deliveries in, those that are there already excepted. */
    void put(List<NewDelivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        // Each once, whatever else somebody has written under its id, and in one order for everybody, so that nobody
        // waits for
        // who waits for him.
        var byId = new TreeMap<String, Outgoing>();
        deliveries.forEach(each -> byId.putIfAbsent(each.message().eventId(), each.message()));
        List<Outgoing> messages = List.copyOf(byId.values());
        transactions.executeWithoutResult(_ -> {
            jdbc.sql(MESSAGES)
                    .params(
                            texts(messages, Outgoing::eventId),
                            texts(messages, Outgoing::type),
                            texts(messages, Outgoing::nodeId),
                            numbers(messages, Outgoing::position),
                            texts(messages, Outgoing::body),
                            texts(messages, Outgoing::traceParent),
                            texts(messages, Outgoing::requestId))
                    .update();
            jdbc.sql(DELIVERIES)
                    .params(
                            texts(deliveries, NewDelivery::id),
                            texts(deliveries, NewDelivery::endpointId),
                            texts(deliveries, it -> it.message().eventId()),
                            texts(deliveries, NewDelivery::origin),
                            numbers(deliveries, it -> (long) it.urgency()),
                            numbers(deliveries, it -> it.message().position()),
                            texts(deliveries, NewDelivery::line))
                    .update();
            deliveries.stream().map(NewDelivery::endpointId).distinct().forEach(this::wake);
        });
    }

    /**
     * Sends once more, now and alone, and by the whole schedule if it fails. Attempts made so far stay in the log.
     *
     * @return false when the endpoint is disabled, and nothing is sent
     */
    boolean putAgain(String endpointId, String deliveryId) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            // Messages, then lines, then deliveries: the order that everybody else holds them in.
            jdbc.sql(KEEP_ITS_MESSAGE).params(endpointId, deliveryId).update();
            var place = jdbc.sql("select line, period from webhook.delivery where endpoint_id = ? and id = ?")
                    .params(endpointId, deliveryId)
                    .query((row, _) -> new Place(row.getString(1), row.getInt(2)))
                    .single();
            // Its own line, too: it may have gone there meanwhile.
            lines.hold(endpointId, place.period(), List.of(place.line(), deliveryId));
            boolean again = jdbc.sql(ONCE_MORE).params(endpointId, deliveryId).update() > 0;
            if (again) {
                lines.leave(endpointId, place.period(), place.line());
                wake(endpointId);
            }
            return again;
        }));
    }

    private record Place(String line, int period) {}

    private void wake(String endpointId) {
        wakeups.signal(CHANNEL);
        wakeups.signal(channelOf(endpointId));
    }

    private static <T> @Nullable String[] texts(List<T> items, Function<T, @Nullable String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    private static <T> Long[] numbers(List<T> items, Function<T, Long> number) {
        return items.stream().map(number).toArray(Long[]::new);
    }
}
