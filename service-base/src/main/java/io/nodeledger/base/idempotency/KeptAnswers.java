package io.nodeledger.base.idempotency;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The answers that were given, by key. An answer is kept by the transaction that makes it true: after a crash either both
 * are there or neither. Refusals are not kept, for they are decided anew, and no answer of the model holds a secret.
 */
public final class KeptAnswers {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String FIND =
            "SELECT payload = ? AS same, answer_type, answer FROM command.idempotency_key WHERE scope = ?";
    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(?)";

    /** Without the lock the insert would wait for another instance that has the same key in hand. */
    private static final String KEEP = """
            WITH claim AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(?) AS held),
                 kept AS (INSERT INTO command.idempotency_key (scope, payload, answer_type, answer)
                          SELECT ?, ?, ?, ? FROM claim WHERE held
                          ON CONFLICT (scope) DO NOTHING RETURNING scope)
            SELECT CASE WHEN NOT held THEN 'IN_FLIGHT' WHEN EXISTS (SELECT FROM kept) THEN 'KEPT' ELSE 'ANSWERED' END
            FROM claim""";

    private enum Attempt {
        KEPT,
        ANSWERED,
        IN_FLIGHT
    }

    private final JdbcClient sql;

    public KeptAnswers(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * The answer that the key has had.
     *
     * @throws ApiException 422 when that was to another payload
     */
    Optional<KeptAnswer> find(IdempotencyKey key) {
        return sql.sql(FIND)
                .params(key.payload().bytes(), key.scope().bytes())
                .query((row, number) -> {
                    if (!row.getBoolean("same")) {
                        throw new ApiException(new ApiError(
                                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                                "The idempotency key was used for another request already"));
                    }
                    return new KeptAnswer(row.getString("answer_type"), row.getString("answer"));
                })
                .optional();
    }

    /**
     * Keeps an accepted answer in the transaction that runs.
     *
     * @throws AnsweredMeanwhile when the key has an answer, to end the transaction
     * @throws ApiException 409 while another transaction has the key in hand
     */
    void keep(IdempotencyKey key, Object answer) {
        var kept = KeptAnswer.of(answer);
        var attempt = sql.sql(KEEP)
                .params(key.scope().lock(), key.scope().bytes(), key.payload().bytes(), kept.type(), kept.json())
                .query(Attempt.class)
                .single();
        switch (attempt) {
            case KEPT -> {}
            case IN_FLIGHT -> throw inFlight();
            case ANSWERED -> throw answered(key);
        }
    }

    /**
     * To be asked before a refusal is told, and in the transaction of a command that refuses: it may be the consequence of
     * the same request having been accepted elsewhere a moment ago.
     *
     * @throws AnsweredMeanwhile when the key has an answer
     * @throws ApiException 409 while another transaction has the key in hand
     */
    void requireUnanswered(IdempotencyKey key) {
        if (!sql.sql(TRY_LOCK).param(key.scope().lock()).query(Boolean.class).single()) {
            throw inFlight();
        }
        find(key).ifPresent(answer -> {
            throw new AnsweredMeanwhile(answer);
        });
    }

    /** 409: the same key is being worked on. */
    static ApiException inFlight() {
        return new ApiException(new ApiError(
                        ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT, "A request with this idempotency key is being worked on")
                .retryAfter(RETRY));
    }

    private RuntimeException answered(IdempotencyKey key) {
        return find(key).<RuntimeException>map(AnsweredMeanwhile::new).orElseGet(KeptAnswers::inFlight);
    }
}
