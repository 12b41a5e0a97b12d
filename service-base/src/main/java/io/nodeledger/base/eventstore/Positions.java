package io.nodeledger.base.eventstore;

import io.nodeledger.base.wakeup.Subscription;
import io.nodeledger.base.wakeup.Wakeups;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers whether a processor has come as far as a write, and waits until it has. */
public final class Positions {

    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

    private final JdbcClient sql;
    private final Serializer tokens;
    private final Wakeups wakeups;

    Positions(JdbcClient sql, Serializer tokens, Wakeups wakeups) {
        this.sql = sql;
        this.tokens = tokens;
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
        var deadline = System.nanoTime() + bound.toNanos();
        var progress = new Semaphore(0);
        var subscriptions = processorNames.stream()
                .map(name -> wakeups.listen(AnnouncingTokenStore.progressOf(name), progress::release))
                .toList();
        try {
            while (!covered.getAsBoolean()) {
                if (!progress.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
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

    /** Whether every segment of a processor has handled the event at a place in the global order. */
    public boolean covers(String processorName, String tokenTable, long globalIndex) {
        return allCover(List.of(processorName), tokenTable, globalIndex);
    }

    /** One statement for all of them, because reads ask for several at once. */
    private boolean allCover(Collection<String> processorNames, String tokenTable, long globalIndex) {
        var covering = new HashSet<String>();
        var lagging = new HashSet<String>();
        sql.sql("SELECT processor_name, token, token_type FROM " + checked(tokenTable)
                        + " WHERE processor_name = ANY (?)")
                .param(processorNames.toArray(String[]::new))
                .query(row -> {
                    var reached = reached(token(row.getBytes(2), row.getString(3)), globalIndex);
                    (reached ? covering : lagging).add(row.getString(1));
                });
        return lagging.isEmpty() && covering.containsAll(processorNames);
    }

    /** The place that one segment of a processor has come to, whichever instance works on it; 0 before its first event. */
    public long reached(String processorName, String tokenTable, int segment) {
        return sql.sql(tokensIn(tokenTable) + " AND segment = ?")
                .params(processorName, segment)
                .query((row, _) -> token(row.getBytes(1), row.getString(2)))
                .optional()
                .flatMap(token -> token)
                .map(token -> Math.max(0, token.getIndex()))
                .orElse(0L);
    }

    private boolean coversAll(String processorName, String tokenTable, long globalIndex) {
        var segments = segments(processorName, tokenTable);
        return !segments.isEmpty()
                && segments.stream()
                        .allMatch(token -> reached(token, globalIndex) && areDead(gaps(token, globalIndex)));
    }

    private static boolean reached(Optional<GapAwareTrackingToken> segment, long globalIndex) {
        return segment.filter(token ->
                        token.getIndex() >= globalIndex && !token.getGaps().contains(globalIndex))
                .isPresent();
    }

    private static Long[] gaps(Optional<GapAwareTrackingToken> segment, long globalIndex) {
        return segment.stream()
                .flatMap(token -> token.getGaps().stream())
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

    private List<Optional<GapAwareTrackingToken>> segments(String processorName, String tokenTable) {
        return sql.sql(tokensIn(tokenTable))
                .param(processorName)
                .query((row, number) -> token(row.getBytes(1), row.getString(2)))
                .list();
    }

    private static String tokensIn(String tokenTable) {
        return "SELECT token, token_type FROM " + checked(tokenTable) + " WHERE processor_name = ?";
    }

    private static String checked(String tokenTable) {
        if (!TABLE.matcher(tokenTable).matches()) {
            throw new IllegalArgumentException("Not a table: " + tokenTable);
        }
        return tokenTable;
    }

    private Optional<GapAwareTrackingToken> token(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) {
            return Optional.empty();
        }
        TrackingToken stored = tokens.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return WrappedToken.unwrapLowerBound(stored) instanceof GapAwareTrackingToken reached
                ? Optional.of(reached)
                : Optional.empty();
    }
}
