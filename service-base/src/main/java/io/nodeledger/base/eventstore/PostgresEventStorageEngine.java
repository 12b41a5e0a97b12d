package io.nodeledger.base.eventstore;

import static org.axonframework.common.jdbc.JdbcUtils.executeBatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Axon's JDBC storage with what PostgreSQL does better: a read is one statement without a transaction around it, and its
 * last batch is known by being short; holes in the global order travel as one array instead of one parameter each (the
 * protocol ends at 65,535); a conflict is blamed on the event that lost, not on the batch's first one.
 */
final class PostgresEventStorageEngine extends JdbcEventStorageEngine {

    private static final String EVENTS =
            "SELECT " + EventTables.NAMES.trackedEventFields() + " FROM " + EventTables.NAMES.domainEventTable();
    private static final String NEXT = EVENTS + " WHERE global_index > ? ORDER BY global_index LIMIT ?";
    private static final String NEXT_AND_LATE = "SELECT * FROM ((" + EVENTS
            + " WHERE global_index = ANY(?)) UNION ALL (" + NEXT + ")) AS events ORDER BY global_index";

    private final TransactionManager transactions;

    /**
     * An engine whose reads join the transaction of whoever reads, if there is one.
     *
     * @param builder everything but the transactions
     * @param transactions for what is written
     */
    PostgresEventStorageEngine(Builder builder, TransactionManager transactions) {
        super(builder.transactionManager(NoTransactionManager.INSTANCE).extendedGapCheckEnabled(false));
        this.transactions = transactions;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        transactions.executeInTransaction(() -> executeBatch(
                getConnection(),
                connection -> appendEvents(connection, events, serializer),
                failure -> handlePersistenceException(failure, LostAppend.find(failure, events))));
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        transactions.executeInTransaction(() -> super.storeSnapshot(snapshot, serializer));
    }

    /** Batch after batch; after a short one there is nothing more to ask for. */
    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(@Nullable TrackingToken from, boolean mayBlock) {
        return Stream.<@Nullable List<? extends TrackedEventData<?>>>iterate(
                        fetchTrackedEvents(from, batchSize()), Objects::nonNull, this::following)
                .flatMap(batch -> batch.stream());
    }

    private @Nullable List<? extends TrackedEventData<?>> following(List<? extends TrackedEventData<?>> batch) {
        return batch.size() < batchSize()
                ? null
                : fetchTrackedEvents(batch.getLast().trackingToken(), batchSize());
    }

    /** No position between two epochs is a hole that may still be filled. */
    @Override
    protected TrackedEventData<?> getTrackedEventData(ResultSet row, @Nullable GapAwareTrackingToken before)
            throws SQLException {
        long floor = Epoch.floorOf(row.getLong(schema().globalIndexColumn()));
        boolean crosses = floor > (before == null ? 0 : before.getIndex());
        return super.getTrackedEventData(
                row,
                crosses
                        ? GapAwareTrackingToken.newInstance(floor, before == null ? Set.of() : before.getGaps())
                        : before);
    }

    /** By count, not by index: Axon's range comes out short or empty before holes that are wider than a batch. */
    @Override
    protected PreparedStatement readEventDataWithoutGaps(Connection connection, long globalIndex, int batchSize)
            throws SQLException {
        var statement = connection.prepareStatement(NEXT);
        statement.setLong(1, globalIndex);
        statement.setInt(2, batchSize);
        return statement;
    }

    @Override
    protected PreparedStatement readEventDataWithGaps(
            Connection connection, long globalIndex, int batchSize, List<Long> gaps) throws SQLException {
        var statement = connection.prepareStatement(NEXT_AND_LATE);
        statement.setArray(1, connection.createArrayOf("bigint", gaps.toArray()));
        statement.setLong(2, globalIndex);
        statement.setInt(3, batchSize);
        return statement;
    }
}
