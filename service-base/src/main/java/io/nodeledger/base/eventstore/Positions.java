package io.nodeledger.base.eventstore;

import io.nodeledger.base.wakeup.Wakeups;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
        if (covers(processorName, tokenTable, globalIndex)) {
            return true;
        }
        var deadline = System.nanoTime() + bound.toNanos();
        var progress = new Semaphore(0);
        try (var _ = wakeups.listen(AnnouncingTokenStore.progressOf(processorName), progress::release)) {
            while (!covers(processorName, tokenTable, globalIndex)) {
                if (!progress.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
                progress.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether every segment of a processor has handled the event at a place in the global order. */
    public boolean covers(String processorName, String tokenTable, long globalIndex) {
        if (!TABLE.matcher(tokenTable).matches()) {
            throw new IllegalArgumentException("Not a table: " + tokenTable);
        }
        var segments = sql.sql("SELECT token, token_type FROM " + tokenTable + " WHERE processor_name = ?")
                .param(processorName)
                .query((row, number) -> reached(row.getBytes(1), row.getString(2), globalIndex))
                .list();
        return !segments.isEmpty() && segments.stream().allMatch(reached -> reached);
    }

    private boolean reached(byte @Nullable [] token, @Nullable String type, long globalIndex) {
        if (token == null || type == null) {
            return false;
        }
        TrackingToken stored = tokens.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return WrappedToken.unwrapLowerBound(stored) instanceof GapAwareTrackingToken reached
                && reached.getIndex() >= globalIndex
                && !reached.getGaps().contains(globalIndex);
    }
}
