package io.nodeledger.webhook.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines that an endpoint's deliveries stand in, {@code webhook.line}: the first one of each is what may be sent next. One
 * that fails holds back those behind it, so that they arrive in their order, until it is accepted or given up. It goes on in a
 * line of its own when it has failed for a while and it is not the endpoint that is down: the endpoint accepts others, or
 * refuses this one.
 */
final class Lines {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String DUE = """
            select d.id, d.event_id, d.tries, d.generation, m.body, l.name, m.trace_parent, m.request_id,
                   case when m.type like 'node.%' then m.node_id end as node_id,
                   extract(epoch from l.planned_at - now()) * 1000 as planned_in
              from (select name, planned_at, due_at, urgency from webhook.line
                     where endpoint_id = :endpoint and period = :period and due_at <= now() and name <> all(:busy)
                     order by urgency, due_at limit :limit) l
              cross join lateral (select id, event_id, tries, generation
                                    from webhook.delivery
                                   where endpoint_id = :endpoint and period = :period and line = l.name
                                     and status = 'pending'
                                   order by position, id limit 1) d
              join webhook.message m using (event_id)
             order by l.urgency, l.due_at""";

    private static final String HOLD = """
            select name from webhook.line where endpoint_id = :endpoint and period = :period and name = any(:lines)
             order by name for update""";

    /** What was called off meanwhile stays so, unless it has arrived; what is to be sent once more stays to be sent. */
    private static final String KEEP = """
            with kept as (
              update webhook.delivery d
                 set attempts = d.attempts || n.attempt::jsonb,
                     tries = d.tries + case when d.generation = n.generation then n.counted else 0 end,
                     status = case when d.generation = n.generation and (d.status = 'pending' or n.status = 'delivered')
                                   then n.status else d.status end,
                     line = case when d.generation = n.generation and d.status = 'pending' and n.status = 'pending'
                                      and (d.attempts -> 0 ->> 'at')::timestamptz
                                          < now() - :holdBack * interval '1 millisecond'
                                      and (n.refused or e.accepted_at > (d.attempts -> -1 ->> 'at')::timestamptz)
                                 then d.id else d.line end
                from unnest(:ids::text[], :generations::bigint[], :attempts::text[], :statuses::text[], :counted::bigint[],
                            :refused::boolean[], :pauses::bigint[])
                       as n (id, generation, attempt, status, counted, refused, pause)
                left join webhook.endpoint e on e.id = :endpoint
               where d.id = n.id
              returning d.id, d.line, d.period, d.urgency, d.status, now() + n.pause * interval '1 millisecond' as next)
            insert into webhook.line (endpoint_id, period, name, urgency, alone, due_at, planned_at)
            select :endpoint, period, id, urgency, true, next, next from kept where line = id and status = 'pending'
                on conflict (endpoint_id, period, name) do nothing""";

    /** Subqueries of one row are looked up in an index each; joins read the whole table for a few results. */
    private static final String END = """
            delete from webhook.line l
             where l.endpoint_id = :endpoint and l.period = :period and l.name = any(:lines)
               and (select d.id from webhook.delivery d
                     where d.endpoint_id = l.endpoint_id and d.period = l.period and d.line = l.name
                       and d.status = 'pending' limit 1) is null""";

    private static final String GO_ON = """
            update webhook.line l
               set due_at = now() + n.wait * interval '1 millisecond', planned_at = now() + n.wait * interval '1 millisecond',
                   tried_at = case when n.wait > 0 then now() end
              from (select r.name,
                           coalesce((select r.pause from webhook.delivery d
                                      where d.id = r.id and d.line = r.name and d.status = 'pending'
                                        and d.generation = r.generation), 0) as wait
                      from unnest(:lines::text[], :ids::text[], :generations::bigint[], :pauses::bigint[])
                           as r (name, id, generation, pause)) n
             where l.endpoint_id = :endpoint and l.period = :period and l.name = n.name""";

    /** Lines that somebody holds are being decided upon. An endpoint that accepts now this, now that is not asked all the time. */
    private static final String HURRY = """
            update webhook.line set due_at = now()
             where (endpoint_id, period, name) in (
                     select endpoint_id, period, name from webhook.line
                      where endpoint_id = ? and period = ? and not alone and due_at > now()
                        and tried_at < now() - interval '30 seconds'
                        for update skip locked)""";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Duration holdBack;

    /** @param holdBack how long what fails holds back its line at least */
    Lines(JdbcClient jdbc, TransactionOperations transactions, Duration holdBack) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.holdBack = holdBack;
    }

    /**
     * A delivery whose time has come.
     *
     * @param tries attempts of its schedule so far
     * @param generation how often it was asked to be sent once more
     * @param plannedIn until its time by the schedule; an attempt before that does not count
     * @param origin what it belongs to
     */
    record Due(
            String id,
            String line,
            int period,
            String eventId,
            String body,
            int tries,
            int generation,
            Duration plannedIn,
            Origin origin) {

        boolean counts() {
            return !plannedIn.isPositive();
        }
    }

    /**
     * What a delivery belongs to, as far as it is known.
     *
     * @param traceParent the trace of its event
     * @param requestId of what began it all
     * @param nodeId whom its event is about, if it is about a node
     */
    record Origin(
            @Nullable String traceParent,
            @Nullable String requestId,
            @Nullable String nodeId) {}

    /**
     * What came of a delivery.
     *
     * @param pause until the next attempt, if the status is {@link DeliveryStatus#PENDING}
     */
    record Result(Due due, Attempt attempt, DeliveryStatus status, Duration pause) {}

    /**
     * The first deliveries of lines whose time has come, what happens before what is repeated.
     *
     * @param busy lines of which something is being sent
     */
    List<Due> due(String endpointId, int period, Collection<String> busy, int limit) {
        return jdbc.sql(DUE)
                .param("endpoint", endpointId)
                .param("period", period)
                .param("busy", busy.toArray(String[]::new))
                .param("limit", limit)
                .query((row, _) -> new Due(
                        row.getString("id"),
                        row.getString("name"),
                        period,
                        row.getString("event_id"),
                        row.getString("body"),
                        row.getInt("tries"),
                        row.getInt("generation"),
                        Duration.ofMillis(row.getLong("planned_in")),
                        new Origin(
                                row.getString("trace_parent"), row.getString("request_id"), row.getString("node_id"))))
                .list();
    }

    /** Keeps what came of deliveries, one of each line, and lets the lines go on. */
    void keep(String endpointId, int period, List<Result> results) {
        transactions.executeWithoutResult(_ -> {
            hold(endpointId, period, results.stream().map(it -> it.due().line()).toList());
            jdbc.sql(KEEP)
                    .param("holdBack", holdBack.toMillis())
                    .param("endpoint", endpointId)
                    .param("ids", texts(results, it -> it.due().id()))
                    .param("generations", numbers(results, it -> (long) it.due().generation()))
                    .param("attempts", texts(results, it -> JSON.writeValueAsString(it.attempt())))
                    .param("statuses", texts(results, it -> it.status().word()))
                    .param("counted", numbers(results, it -> it.due().counts() ? 1L : 0L))
                    .param(
                            "refused",
                            results.stream().map(it -> it.attempt().refused()).toArray(Boolean[]::new))
                    .param("pauses", numbers(results, it -> it.pause().toMillis()))
                    .update();
            end(endpointId, period, texts(results, it -> it.due().line()));
            jdbc.sql(GO_ON)
                    .param("endpoint", endpointId)
                    .param("period", period)
                    .param("lines", texts(results, it -> it.due().line()))
                    .param("ids", texts(results, it -> it.due().id()))
                    .param("generations", numbers(results, it -> (long) it.due().generation()))
                    .param("pauses", numbers(results, it -> it.pause().toMillis()))
                    .update();
        });
    }

    /** In the transaction that runs: nobody adds to the lines or takes from them until it ends. */
    void hold(String endpointId, int period, List<String> lines) {
        jdbc.sql(HOLD)
                .param("endpoint", endpointId)
                .param("period", period)
                .param("lines", lines.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** Something has left a line that is held: who comes next is looked at. */
    void leave(String endpointId, int period, String line) {
        end(endpointId, period, line);
        jdbc.sql("""
                        update webhook.line set due_at = least(due_at, now())
                         where endpoint_id = ? and period = ? and name = ?""").params(endpointId, period, line).update();
    }

    private void end(String endpointId, int period, String... lines) {
        jdbc.sql(END)
                .param("endpoint", endpointId)
                .param("period", period)
                .param("lines", lines)
                .update();
    }

    /** The endpoint accepts something again: what waits for its next attempt is tried now, which does not count. */
    void hurry(String endpointId, int period) {
        jdbc.sql(HURRY).params(endpointId, period).update();
    }

    private static String[] texts(List<Result> results, Function<Result, String> text) {
        return results.stream().map(text).toArray(String[]::new);
    }

    private static Long[] numbers(List<Result> results, Function<Result, Long> number) {
        return results.stream().map(number).toArray(Long[]::new);
    }
}
