package io.nodeledger.base.eventstore;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks at the tokens of all processors of a table, one look at a time: who asks while one is under way shares the next, so
 * that hundreds who wait cost the database no more than one does.
 */
final class StoredTokens {
    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

    private final JdbcClient sql;
    private final Serializer serializer;
    private final ConcurrentHashMap<String, Table> tables = new ConcurrentHashMap<>();

    StoredTokens(JdbcClient sql, Serializer serializer) {
        this.sql = sql;
        this.serializer = serializer;
    }

    /** @param place empty before the segment's first event */
    record StoredToken(String processor, int segment, Optional<GapAwareTrackingToken> place) {
        boolean covers(long globalIndex) {
            return place.filter(token ->
                            token.getIndex() >= globalIndex && !token.getGaps().contains(globalIndex))
                    .isPresent();
        }
    }

    /** The tokens as they are at some moment after this is asked. */
    List<StoredToken> now(String table) {
        return tables.computeIfAbsent(table, Table::new).lookedAtSince(System.nanoTime());
    }

    private List<StoredToken> read(String table) {
        return sql.sql("SELECT processor_name, segment, token, token_type FROM " + table)
                .query((row, _) ->
                        new StoredToken(row.getString(1), row.getInt(2), place(row.getBytes(3), row.getString(4))))
                .list();
    }

    private Optional<GapAwareTrackingToken> place(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) {
            return Optional.empty();
        }
        TrackingToken stored = serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return WrappedToken.unwrapLowerBound(stored) instanceof GapAwareTrackingToken reached
                ? Optional.of(reached)
                : Optional.empty();
    }

    private final class Table {
        private final String name;
        private final ReentrantLock looking = new ReentrantLock();
        private @Nullable Look last;

        /** A failure is shared too, or those who wait would fail one after the other. */
        private record Look(
                long begun,
                List<StoredToken> tokens,
                @Nullable RuntimeException failure) {}

        Table(String name) {
            if (!TABLE.matcher(name).matches()) {
                throw new IllegalArgumentException("Not a table: " + name);
            }
            this.name = name;
        }

        List<StoredToken> lookedAtSince(long asked) {
            Look look = look(asked);
            if (look.failure() != null) {
                throw look.failure();
            }
            return look.tokens();
        }

        private Look look(long asked) {
            looking.lock();
            try {
                Look look = last;
                if (look == null || look.begun() - asked < 0) {
                    look = look();
                    last = look;
                }
                return look;
            } finally {
                looking.unlock();
            }
        }

        private Look look() {
            long begun = System.nanoTime();
            try {
                return new Look(begun, read(name), null);
            } catch (RuntimeException failure) {
                return new Look(begun, List.of(), failure);
            }
        }
    }
}
