package io.nodeledger.base.eventstore;

import static org.axonframework.common.jdbc.JdbcUtils.executeBatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;

/**
 * Axon's JDBC storage with what PostgreSQL does better: holes in the global order travel as one array instead of one
 * parameter each (the protocol ends at 65,535), and a conflict is blamed on the event that lost, not on the batch's
 * first one.
 */
final class PostgresEventStorageEngine extends JdbcEventStorageEngine {

    private final TransactionManager transactions;

    PostgresEventStorageEngine(Builder builder, TransactionManager transactions) {
        super(builder);
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
    protected PreparedStatement readEventDataWithGaps(
            Connection connection, long globalIndex, int batchSize, List<Long> gaps) throws SQLException {
        var statement = connection.prepareStatement("SELECT " + schema().trackedEventFields() + " FROM "
                + schema().domainEventTable() + " WHERE (global_index > ? AND global_index <= ?)"
                + " OR global_index = ANY(?) ORDER BY global_index");
        statement.setLong(1, globalIndex);
        statement.setLong(2, globalIndex + batchSize);
        statement.setArray(3, connection.createArrayOf("bigint", gaps.toArray()));
        return statement;
    }
}
