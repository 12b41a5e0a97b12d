package io.nodeledger.webhook.delivery;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Rule;
import io.nodeledger.events.identity.Ids;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Replays that were asked for, in {@code webhook.replay} until all that they are to send is queued. */
final class Replays {
    private static final int LAST_YEAR = 9999;
    private static final BigDecimal LARGEST_POSITION = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final String CLAIM = """
            update webhook.replay r set owner = :me, owned_until = now() + :lease * interval '1 millisecond'
              from webhook.endpoint e
             where e.id = r.endpoint_id
               and r.id = (select id from webhook.replay where owned_until is null or owned_until < now()
                            order by id limit 1 for update skip locked)
            returning r.id, r.endpoint_id, r.since, r.from_position, e.workspace_id""";

    private final JdbcClient jdbc;
    private final String me;
    private final Duration lease;

    Replays(JdbcClient jdbc, String me, Duration lease) {
        this.jdbc = jdbc;
        this.me = me;
        this.lease = lease;
    }

    /**
     * From when on events are wanted again: from a moment, or from a position in the log.
     *
     * @param since null where a position was named
     */
    record Asked(@Nullable Instant since, long fromPosition) {
        static Asked of(JsonFields body) {
            var since = body.optional("since", JsonValues.text(Asked::checkTime));
            var position = body.optional("from_position", JsonValues.decimal(Asked::checkPosition));
            if ((since.orNull() == null) == (position.orNull() == null)
                    && body.violations().found().isEmpty()) {
                body.violations().add("since", "required", "is required, or else from_position, and not both");
            }
            body.finish();
            String moment = since.orNull();
            return new Asked(
                    moment == null ? null : OffsetDateTime.parse(moment).toInstant(),
                    position.orElse(BigDecimal.ZERO).longValueExact());
        }

        private static Optional<Rule.Broken> checkTime(String text) {
            try {
                int year = OffsetDateTime.parse(text).getYear();
                return year >= 1970 && year <= LAST_YEAR
                        ? Optional.empty()
                        : Rule.broken("out_of_range", "must be a time from 1970 to " + LAST_YEAR);
            } catch (DateTimeException malformed) {
                return Rule.broken("malformed", "must be an RFC 3339 time such as 2024-01-20T10:00:00Z");
            }
        }

        private static Optional<Rule.Broken> checkPosition(BigDecimal position) {
            return position.signum() < 0
                            || position.compareTo(LARGEST_POSITION) > 0
                            || position.stripTrailingZeros().scale() > 0
                    ? Rule.broken("out_of_range", "must be a whole number that is not negative")
                    : Optional.empty();
        }
    }

    /** A replay in hand. */
    record Replay(String id, String endpointId, String workspaceId, Instant since, long fromPosition) {

        boolean covers(Outgoing event) {
            return event.position() >= fromPosition && !event.at().isBefore(since);
        }
    }

    /**
     * Asks for one; answers its id.
     *
     * @throws ApiException 409 while what was asked for before is not queued: each may be the whole history
     */
    String ask(String endpointId, Asked asked) {
        String id = Ids.replay();
        Instant since = asked.since() == null ? Instant.EPOCH : asked.since();
        int added = jdbc.sql("""
                        insert into webhook.replay (id, endpoint_id, since, from_position)
                        values (?, ?, ?, ?) on conflict (endpoint_id) do nothing""")
                .params(id, endpointId, since.atOffset(ZoneOffset.UTC), asked.fromPosition())
                .update();
        if (added == 0) {
            throw new ApiException(new ApiError(
                    ErrorCode.INVALID_STATE,
                    "A replay of this webhook is being queued",
                    Map.of("status", "replaying")));
        }
        return id;
    }

    /** One that nobody else has in hand. */
    Optional<Replay> claim() {
        return jdbc.sql(CLAIM)
                .param("me", me)
                .param("lease", lease.toMillis())
                .query((row, _) -> new Replay(
                        row.getString("id"),
                        row.getString("endpoint_id"),
                        row.getString("workspace_id"),
                        row.getObject("since", OffsetDateTime.class).toInstant(),
                        row.getLong("from_position")))
                .optional();
    }

    /** Holds on to one; whether it is still its own. */
    boolean prolong(Replay replay) {
        return jdbc.sql("""
                                update webhook.replay set owned_until = now() + :lease * interval '1 millisecond'
                                 where id = :id and owner = :me""")
                        .param("lease", lease.toMillis())
                        .param("id", replay.id())
                        .param("me", me)
                        .update()
                == 1;
    }

    /** All of it is queued. */
    void end(Replay replay) {
        jdbc.sql("delete from webhook.replay where id = ? and owner = ?")
                .params(replay.id(), me)
                .update();
    }
}
