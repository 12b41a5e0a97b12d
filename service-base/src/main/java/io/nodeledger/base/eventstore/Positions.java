package io.nodeledger.base.eventstore;

import static java.util.stream.Collectors.toSet;

import io.nodeledger.base.eventstore.StoredTokens.StoredToken;
import io.nodeledger.base.wakeup.Wakeups;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
    /** So a long wait takes at most a fourth longer than what it waits for. */
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

    /** Waits until every segment of a processor has handled the event at a place in the global order. */
    public boolean await(String processorName, String tokenTable, long globalIndex, Duration bound) {
        return await(() -> List.of(processorName), tokenTable, globalIndex, bound);
    }

    /**
     * Waits until every segment of some processors has handled the event at a place in the global order.
     *
     * @param processorNames asked for before each look, because others may take over meanwhile
     * @param tokenTable the processors' token table, see {@link TokenStores#table(String)}
     * @param bound how long to wait at most
     * @return false when the bound passed first
     */
    public boolean await(
            Supplier<? extends Collection<String>> processorNames,
            String tokenTable,
            long globalIndex,
            Duration bound) {
        return await(tokenTable, bound, left -> {
            var names = processorNames.get();
            return tokens.shared(tokenTable, names::contains, left)
                    .filter(found -> allCover(found, names, globalIndex))
                    .isPresent();
        });
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
        return last > 0
                && await(
                        tokenTable,
                        bound,
                        left -> tokens.shared(tokenTable, processorName::equals, left)
                                .filter(found -> coverAllUpTo(found, last))
                                .isPresent());
    }

    /** The place that one segment of a processor has come to, whichever instance works on it; 0 before its first event. */
    public long reached(String processorName, String tokenTable, int segment) {
        return tokens.alone(tokenTable, processorName::equals).stream()
                .filter(token -> token.segment() == segment)
                .flatMap(token -> token.place().stream())
                .mapToLong(place -> Math.max(0, place.getIndex()))
                .findFirst()
                .orElse(0);
    }

    private interface Look {
        /** @param left nanoseconds that it may take */
        boolean shows(long left) throws InterruptedException;
    }

    private boolean await(String tokenTable, Duration bound, Look look) {
        long begin = System.nanoTime();
        var progress = new Semaphore(0);
        try (var _ = wakeups.listen(AnnouncingTokenStore.progressIn(tokenTable), progress::release)) {
            long left = bound.toNanos();
            while (!look.shows(left)) {
                long waited = System.nanoTime() - begin;
                left = bound.toNanos() - waited;
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
        }
    }

    private static long pauseAfter(long waited) {
        return Math.clamp(waited / PAUSE_FRACTION, SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
    }

    private static boolean allCover(List<StoredToken> found, Collection<String> names, long globalIndex) {
        return found.stream().allMatch(token -> token.covers(globalIndex))
                && found.stream().map(StoredToken::processor).collect(toSet()).containsAll(names);
    }

    private boolean coverAllUpTo(List<StoredToken> segments, long globalIndex) {
        return !segments.isEmpty()
                && segments.stream().allMatch(token -> token.covers(globalIndex) && areDead(gaps(token, globalIndex)));
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
