package io.nodeledger.base.eventstore;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Looks at the tokens of a table, one look at a time: who asks while one is under way shares the next, so that hundreds who
 * wait cost the database no more than one does. Within a transaction each looks alone.
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

    private record Row(
            String processor, int segment, @Nullable SerializedObject<byte[]> token) {}

    /**
     * The tokens of some processors, as they are at some moment after this is asked.
     *
     * @param patience nanoseconds to wait for others' looks at most
     * @return empty when that passed
     */
    Optional<List<StoredToken>> shared(String table, Predicate<String> processors, long patience)
            throws InterruptedException {
        return table(table).shared(patience).map(rows -> tokens(rows, processors));
    }

    /** The same without others. */
    List<StoredToken> alone(String table, Predicate<String> processors) {
        return tokens(table(table).read(), processors);
    }

    private Table table(String name) {
        return tables.computeIfAbsent(name, Table::new);
    }

    private List<StoredToken> tokens(List<Row> rows, Predicate<String> processors) {
        return rows.stream()
                .filter(row -> processors.test(row.processor()))
                .map(row -> new StoredToken(row.processor(), row.segment(), place(row)))
                .toList();
    }

    private Optional<GapAwareTrackingToken> place(Row row) {
        if (row.token() == null) {
            return Optional.empty();
        }
        TrackingToken stored = serializer.deserialize(row.token());
        return WrappedToken.unwrapLowerBound(stored) instanceof GapAwareTrackingToken reached
                ? Optional.of(reached)
                : Optional.empty();
    }

    private static @Nullable SerializedObject<byte[]> token(byte @Nullable [] token, @Nullable String type) {
        return token == null || type == null ? null : new SimpleSerializedObject<>(token, byte[].class, type, null);
    }

    private final class Table {
        private final String name;
        private final ReentrantLock looking = new ReentrantLock();
        private @Nullable Look last;

        private record Look(long begun, List<Row> rows) {}

        Table(String name) {
            if (!TABLE.matcher(name).matches()) {
                throw new IllegalArgumentException("Not a table: " + name);
            }
            this.name = name;
        }

        Optional<List<Row>> shared(long patience) throws InterruptedException {
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                return Optional.of(read());
            }
            long asked = System.nanoTime();
            if (!looking.tryLock(patience, TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            try {
                Look look = last;
                if (look == null || look.begun() - asked < 0) {
                    look = new Look(System.nanoTime(), read());
                    last = look;
                }
                return Optional.of(look.rows());
            } finally {
                looking.unlock();
            }
        }

        List<Row> read() {
            return sql.sql("SELECT processor_name, segment, token, token_type FROM " + name)
                    .query((row, _) ->
                            new Row(row.getString(1), row.getInt(2), token(row.getBytes(3), row.getString(4))))
                    .list();
        }
    }
}
