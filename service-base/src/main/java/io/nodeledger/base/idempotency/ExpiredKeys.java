package io.nodeledger.base.idempotency;

import io.nodeledger.base.background.RepeatedTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes answers that are older than promised, in the background and a batch at a time. Ages are told by the database,
 * so that an instance whose clock has leapt removes nothing early.
 */
final class ExpiredKeys {
    private static final Logger log = LoggerFactory.getLogger(ExpiredKeys.class);
    private static final int BATCH = 1000;
    private static final String REMOVE = """
            DELETE FROM command.idempotency_key WHERE scope = ANY(ARRAY(
              SELECT scope FROM command.idempotency_key WHERE created_at < now() - make_interval(secs => ?)
              ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private final JdbcClient sql;
    private final IdempotencySettings settings;

    ExpiredKeys(JdbcClient sql, IdempotencySettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /** Removes them again and again. */
    RepeatedTask removal() {
        return new RepeatedTask("removal of old idempotency keys", settings.purgeEvery(), this::remove);
    }

    /** Removes all there are now. */
    void remove() {
        while (removeBatch() == BATCH) {
            log.debug("Removed {} answers that nobody can ask for any more", BATCH);
        }
    }

    private int removeBatch() {
        return sql.sql(REMOVE)
                .params((double) settings.keptFor().toSeconds(), BATCH)
                .update();
    }
}
