package io.nodeledger.command.idempotency;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes answers that are older than promised, in the background and a batch at a time. Ages are told by the database,
 * so that an instance whose clock has leapt removes nothing early.
 */
public final class ExpiredKeys implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ExpiredKeys.class);
    private static final int BATCH = 1000;
    private static final String REMOVE = """
            DELETE FROM command.idempotency_key WHERE scope = ANY(ARRAY(
              SELECT scope FROM command.idempotency_key WHERE created_at < now() - make_interval(secs => ?)
              ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private final JdbcClient sql;
    private final IdempotencySettings settings;
    private volatile @Nullable ScheduledExecutorService removing;

    public ExpiredKeys(JdbcClient sql, IdempotencySettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /** Removes all there are now. */
    void remove() {
        try {
            while (removeBatch() == BATCH) {
                log.debug("Removed {} answers that nobody can ask for any more", BATCH);
            }
        } catch (DataAccessException outOfReach) {
            log.warn("Old idempotency keys can't be removed now, the next round will", outOfReach);
        } catch (RuntimeException unexpected) {
            log.error("Old idempotency keys can't be removed now, the next round will", unexpected);
        }
    }

    @Override
    public synchronized void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("expired-keys-", 0).daemon().factory());
        long millis = settings.purgeEvery().toMillis();
        var _ = executor.scheduleWithFixedDelay(this::remove, millis, millis, TimeUnit.MILLISECONDS);
        removing = executor;
    }

    @Override
    public synchronized void stop() {
        var executor = removing;
        if (executor != null) {
            executor.shutdownNow();
            removing = null;
        }
    }

    @Override
    public boolean isRunning() {
        return removing != null;
    }

    private int removeBatch() {
        return sql.sql(REMOVE)
                .params((double) settings.keptFor().toSeconds(), BATCH)
                .update();
    }
}
