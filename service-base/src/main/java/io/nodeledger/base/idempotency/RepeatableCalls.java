package io.nodeledger.base.idempotency;

import io.nodeledger.base.web.ApiException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.axonframework.messaging.MetaData;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Makes calls with a key once: whoever repeats one gets its answer again. */
public final class RepeatableCalls {
    /** Header of an answer that had been given before. */
    private static final String REPLAYED = "Idempotency-Replayed";

    private final KeptAnswers answers;
    private final TransactionOperations transactions;
    private final Set<Digest> inFlight = ConcurrentHashMap.newKeySet();

    public RepeatableCalls(KeptAnswers answers, TransactionOperations transactions) {
        this.answers = answers;
        this.transactions = transactions;
    }

    /** What a command with this key carries so that {@link KeyedCommands} knows it. */
    public static MetaData metadata(IdempotencyKey key) {
        return MetaData.with(IdempotencyKey.METADATA, key);
    }

    /**
     * The answer of the call, or the one that its key has had.
     *
     * @param type what the call answers: a record, or a sealed interface over records
     * @param call must keep its answer itself, as commands with {@link #metadata} do. Whatever may be refused today and was
     *     accepted yesterday belongs in here, also a check of the request
     * @throws ApiException 409 while the key is being worked on, 422 when it was used for something else
     */
    public <T> T once(IdempotencyKey key, Class<T> type, Supplier<T> call) {
        if (!inFlight.add(key.scope())) {
            throw KeptAnswers.inFlight();
        }
        try {
            var kept = answers.find(key);
            return kept.isPresent() ? replayed(kept.get(), type) : unlessAnswered(key, call);
        } catch (AnsweredMeanwhile elsewhere) {
            return replayed(elsewhere.answer(), type);
        } finally {
            inFlight.remove(key.scope());
        }
    }

    /**
     * Changes the database without a command, in one transaction with the answer.
     *
     * @param change throws {@link ApiException} to refuse
     */
    public <T> T change(Optional<IdempotencyKey> key, Class<T> type, Supplier<T> change) {
        return key.map(named -> once(named, type, () -> inTransaction(() -> kept(named, change))))
                .orElseGet(() -> inTransaction(change));
    }

    /** What is refused here may have been accepted elsewhere since the key was looked up. */
    private <T> T unlessAnswered(IdempotencyKey key, Supplier<T> call) {
        try {
            return call.get();
        } catch (ApiException refused) {
            answers.requireUnanswered(key);
            throw refused;
        }
    }

    private <T> T kept(IdempotencyKey key, Supplier<T> change) {
        T answer = Objects.requireNonNull(change.get());
        answers.keep(key, answer);
        return answer;
    }

    private <T> T inTransaction(Supplier<T> change) {
        return Objects.requireNonNull(transactions.execute(_ -> change.get()));
    }

    private static <T> T replayed(KeptAnswer kept, Class<T> type) {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                && current.getResponse() != null) {
            current.getResponse().setHeader(REPLAYED, "true");
        }
        return kept.as(type);
    }
}
