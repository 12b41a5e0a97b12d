package io.nodeledger.base.ratelimit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts together what the instances let pass: each tells the database how much it was since the last time, all in one
 * statement, and learns what is left. Between two rounds an instance may let more pass than is left; that is made up for
 * afterwards.
 */
final class SharedBuckets {
    private static final int BATCH = 2000;

    /** A row that is not there is a full bucket. Refills as the local buckets do, by the database's clock. */
    private static final String TELL = """
            INSERT INTO ratelimit.bucket AS shared (key, capacity, refill_seconds, tokens, filled_at)
            SELECT key, capacity, refill_seconds, capacity - used, now()
            FROM unnest(?, ?, ?, ?) AS told (key, capacity, refill_seconds, used)
            ON CONFLICT (key) DO UPDATE SET
              tokens = greatest(-excluded.capacity, excluded.tokens - excluded.capacity
                + least(excluded.capacity, shared.tokens + excluded.capacity / excluded.refill_seconds
                    * greatest(0, extract(epoch FROM excluded.filled_at - shared.filled_at)::float8))),
              capacity = excluded.capacity, refill_seconds = excluded.refill_seconds,
              filled_at = greatest(shared.filled_at, excluded.filled_at)
            RETURNING key, floor(tokens)::bigint AS tokens""";

    private static final String FORGET = """
            DELETE FROM ratelimit.bucket WHERE key = ANY(ARRAY(
              SELECT key FROM ratelimit.bucket WHERE filled_at < now() - make_interval(secs => ?)
              LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private record Told(String key, LocalBucket bucket, long used) {}

    private final JdbcClient sql;
    private final LocalBuckets buckets;

    SharedBuckets(JdbcClient sql, LocalBuckets buckets) {
        this.sql = sql;
        this.buckets = buckets;
    }

    /** Tells what was used and learns what is left. */
    void synchronise() {
        var untold = new ArrayList<Told>();
        buckets.all().forEach((key, bucket) -> {
            long used = bucket.untold();
            if (used > 0) {
                untold.add(new Told(digest(key), bucket, used));
            }
        });
        // One order for all instances, or two of them could wait for each other's rows.
        untold.sort(Comparator.comparing(Told::key));
        for (int from = 0; from < untold.size(); from += BATCH) {
            tell(untold.subList(from, Math.min(from + BATCH, untold.size())));
        }
    }

    /** Removes what is full again by now. */
    void forget(Duration window) {
        int gone = BATCH;
        while (gone == BATCH) {
            gone = sql.sql(FORGET)
                    .params((double) window.toSeconds() * 2, BATCH)
                    .update();
        }
    }

    private void tell(List<Told> batch) {
        var byKey = new HashMap<String, Told>();
        batch.forEach(told -> byKey.put(told.key(), told));
        sql.sql(TELL)
                .param(batch.stream().map(Told::key).toArray(String[]::new))
                .param(batch.stream()
                        .map(told -> (double) told.bucket().quota().limit())
                        .toArray(Double[]::new))
                .param(batch.stream()
                        .map(told -> (double) told.bucket().quota().window().toSeconds())
                        .toArray(Double[]::new))
                .param(batch.stream().map(told -> (double) told.used()).toArray(Double[]::new))
                .query(row -> {
                    var told = byKey.get(row.getString("key"));
                    if (told != null) {
                        told.bucket().learn(told.used(), row.getLong("tokens"));
                    }
                });
    }

    /** The database keeps no names, and a token's subject may hold what it can't store. */
    private static String digest(LocalBuckets.Key key) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(key.quota().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return HexFormat.of().formatHex(sha.digest(key.owner().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
