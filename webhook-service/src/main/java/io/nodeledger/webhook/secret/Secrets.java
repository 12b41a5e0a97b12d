package io.nodeledger.webhook.secret;

import io.nodeledger.events.webhook.WebhookCommand.SealedSecret;
import io.nodeledger.events.webhook.WebhookCommand.WithSecret;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The secrets' table, {@code webhook.secret}. */
public final class Secrets {
    private static final int MOST_FORMER = 2;
    private static final int PAGE = 1_000;

    private final JdbcClient jdbc;
    private final SecretSeal seal;

    public Secrets(JdbcClient jdbc, SecretSeal seal) {
        this.jdbc = jdbc;
        this.seal = seal;
    }

    /** Keeps the secret of a command, in the transaction that runs. */
    void keep(WithSecret command) {
        jdbc.sql("insert into webhook.secret (endpoint_id, key_id, sealed) values (?, ?, ?)")
                .params(command.endpointId(), command.keyId(), command.secret().base64())
                .update();
    }

    /**
     * The others sign no longer than that, which is not prolonged by a later rotation. Of many rotations in a short time only
     * the last former secrets sign on, so that no header grows without bound.
     */
    public void retireOthers(String endpointId, String currentKeyId, Instant until) {
        jdbc.sql("""
                        update webhook.secret set valid_until = least(coalesce(valid_until, :until), :until)
                         where endpoint_id = :endpoint and key_id <> :current""")
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("endpoint", endpointId)
                .param("current", currentKeyId)
                .update();
        // Names are in the order of time.
        jdbc.sql("""
                        delete from webhook.secret
                         where endpoint_id = :endpoint
                           and key_id in (select key_id from webhook.secret
                                           where endpoint_id = :endpoint and key_id <> :current
                                           order by key_id desc offset :most)""")
                .param("endpoint", endpointId)
                .param("current", currentKeyId)
                .param("most", MOST_FORMER)
                .update();
    }

    /** Forgets those that sign no more; how many there were. */
    public int removeExpired(Instant now) {
        return jdbc.sql("delete from webhook.secret where valid_until <= ?")
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Endpoints that nothing can be signed for, since one of their secrets can't be read.
     *
     * @param some one of them, null when there is none
     */
    record Unreadable(int endpoints, @Nullable String some) {}

    /** Looks at all that sign now, some at a time. */
    Unreadable unreadable(Instant now) {
        var found = new LinkedHashSet<String>();
        var last = new String[] {"", ""};
        int read = PAGE;
        while (read == PAGE) {
            read = jdbc.sql("""
                            select endpoint_id, key_id, sealed from webhook.secret
                             where (endpoint_id, key_id) > (?, ?) and (valid_until is null or valid_until > ?)
                             order by endpoint_id, key_id limit ?""")
                    .params(last[0], last[1], now.atOffset(ZoneOffset.UTC), PAGE)
                    .query((row, _) -> {
                        last[0] = row.getString(1);
                        last[1] = row.getString(2);
                        if (seal.tryOpen(new SealedSecret(row.getString(3)), last[0], last[1])
                                .isEmpty()) {
                            found.add(last[0]);
                        }
                        return last[1];
                    })
                    .list()
                    .size();
        }
        return new Unreadable(found.size(), found.isEmpty() ? null : found.getFirst());
    }

    /** Those that sign now, the current one first. */
    public List<WebhookSecret> signing(String endpointId, Instant now) {
        return jdbc.sql("""
                        select key_id, sealed from webhook.secret
                         where endpoint_id = :endpoint and (valid_until is null or valid_until > :now)
                         order by valid_until desc nulls first""")
                .param("endpoint", endpointId)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> seal.open(new SealedSecret(row.getString(2)), endpointId, row.getString(1)))
                .list();
    }
}
