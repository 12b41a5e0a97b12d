package io.nodeledger.base.eventstore;

import io.nodeledger.base.eventstore.StoredTokens.StoredToken;
import io.nodeledger.base.wakeup.Subscription;
import io.nodeledger.base.wakeup.Wakeups;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Answers whether a processor has come as far as a write, and waits until it has. Progress made in this JVM wakes those who
 * wait; for that of other instances they look, often at first and ever more seldom. Few wait, and not for long: telling all
 * instances of each batch of each processor costs more than it saves.
 */
public final class Positions {
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** So a wait takes at most a fourth longer than what it waits for. */
    private static final int PAUSE_FRACTION = 4;

    private final JdbcClient sql;
    private final StoredTokens tokens;
    private final Wakeups wakeups;

    Positions(JdbcClient sql, Serializer tokens, Wakeups wakeups) {
        this.sql = sql;
        this.tokens = new StoredTokens(sql, tokens);
        this.wakeups = wakeups;
    }

    /** An event's place in the global order, empty when there is no such event. */
    public OptionalLong globalIndexOf(String stream, long sequence) {
        return sql.sql("SELECT global_index FROM eventstore.domain_event"
                        + " WHERE aggregate_identifier = ? AND sequence_number = ?")
                .params(stream, sequence)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * Waits until every segment of a processor has handled an event.
     *
     * @param tokenTable the processor's token table, see {@link TokenStores#table(String)}
     * @param bound how long to wait at most
     * @return false when the bound passed first, or when there is no such event
     */
    public boolean await(String processorName, String tokenTable, EventPosition position, Duration bound) {
        var index = globalIndexOf(position.stream(), position.sequence());
        return index.isPresent() && await(processorName, tokenTable, index.getAsLong(), bound);
    }

    /** Waits until every segment of a processor has handled the event at a place in the global order. */
    public boolean await(String processorName, String tokenTable, long globalIndex, Duration bound) {
        return await(List.of(processorName), tokenTable, globalIndex, bound);
    }

    /** Waits until every segment of all these processors has handled the event at a place in the global order. */
    public boolean await(Collection<String> processorNames, String tokenTable, long globalIndex, Duration bound) {
        return await(processorNames, bound, () -> allCover(processorNames, tokenTable, globalIndex));
    }

    /**
     * Waits until every segment of a processor has handled all that is recorded when this begins. That is more than the last
     * event: one that was committed after a later one is read after it, too.
     *
     * @return false when the bound passed first, or when nothing is recorded
     */
    public boolean awaitRecorded(String processorName, String tokenTable, Duration bound) {
        long last = sql.sql("SELECT coalesce(max(global_index), 0) FROM eventstore.domain_event")
                .query(Long.class)
                .single();
        return last > 0 && await(List.of(processorName), bound, () -> coversAll(processorName, tokenTable, last));
    }

    private boolean await(Collection<String> processorNames, Duration bound, BooleanSupplier covered) {
        if (covered.getAsBoolean()) {
            return true;
        }
        long begin = System.nanoTime();
        var progress = new Semaphore(0);
        var subscriptions = processorNames.stream()
                .map(name -> wakeups.listen(AnnouncingTokenStore.progressOf(name), progress::release))
                .toList();
        try {
            while (!covered.getAsBoolean()) {
                long waited = System.nanoTime() - begin;
                long left = bound.toNanos() - waited;
                if (left <= 0) {
                    return false;
                }
                var _ = progress.tryAcquire(Math.min(left, pauseAfter(waited)), TimeUnit.NANOSECONDS);
                progress.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            subscriptions.forEach(Subscription::close);
        }
    }

    private static long pauseAfter(long waited) {
        return Math.clamp(waited / PAUSE_FRACTION, SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
    }

    /** Whether every segment of a processor has handled the event at a place in the global order. */
    public boolean covers(String processorName, String tokenTable, long globalIndex) {
        return allCover(List.of(processorName), tokenTable, globalIndex);
    }

    private boolean allCover(Collection<String> processorNames, String tokenTable, long globalIndex) {
        var missing = new HashSet<>(processorNames);
        for (StoredToken token : tokens.now(tokenTable)) {
            if (processorNames.contains(token.processor())) {
                if (!token.covers(globalIndex)) {
                    return false;
                }
                missing.remove(token.processor());
            }
        }
        return missing.isEmpty();
    }

    /** The place that one segment of a processor has come to, whichever instance works on it; 0 before its first event. */
    public long reached(String processorName, String tokenTable, int segment) {
        return segments(processorName, tokenTable).stream()
                .filter(token -> token.segment() == segment)
                .flatMap(token -> token.place().stream())
                .mapToLong(place -> Math.max(0, place.getIndex()))
                .findFirst()
                .orElse(0);
    }

    private boolean coversAll(String processorName, String tokenTable, long globalIndex) {
        var segments = segments(processorName, tokenTable);
        return !segments.isEmpty()
                && segments.stream().allMatch(token -> token.covers(globalIndex) && areDead(gaps(token, globalIndex)));
    }

    private List<StoredToken> segments(String processorName, String tokenTable) {
        return tokens.now(tokenTable).stream()
                .filter(token -> token.processor().equals(processorName))
                .toList();
    }

    private static Long[] gaps(StoredToken segment, long globalIndex) {
        return segment.place().map(GapAwareTrackingToken::getGaps).stream()
                .flatMap(Collection::stream)
                .filter(gap -> gap < globalIndex)
                .toArray(Long[]::new);
    }

    /** A gap is an event that has yet to be read, or none: it was never committed, or is not yet. Asked after the token. */
    private boolean areDead(Long[] gaps) {
        return gaps.length == 0
                || !sql.sql("SELECT EXISTS (SELECT 1 FROM eventstore.domain_event WHERE global_index = ANY (?))")
                        .param(gaps)
                        .query(Boolean.class)
                        .single();
    }
}
