package io.nodeledger.command.waiting;

import io.nodeledger.base.eventstore.StoredEvents;
import io.nodeledger.events.node.NodeEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what has happened to many nodes at once: one statement however many wait. */
final class NewEvents {
    private static final Logger log = LoggerFactory.getLogger(NewEvents.class);
    private static final String NEW = """
            SELECT wait.number, event.type, event.aggregate_identifier, event.sequence_number, event.event_identifier,
              event.time_stamp, event.payload_type, event.payload_revision, event.payload, event.meta_data
            FROM unnest(?, ?) WITH ORDINALITY AS wait (stream, seen, number)
            JOIN eventstore.domain_event AS event
              ON event.aggregate_identifier = wait.stream AND event.sequence_number > wait.seen
            ORDER BY wait.number, event.sequence_number""";

    private final JdbcClient sql;
    private final StoredEvents events;

    NewEvents(JdbcClient sql, StoredEvents events) {
        this.sql = sql;
        this.events = events;
    }

    /** Tells each of the waits what it has not seen yet; one that this version can't be told ends without an end. */
    void tell(List<OperationWait> waits) {
        sql.sql(NEW)
                .param(waits.stream().map(OperationWait::nodeId).toArray(String[]::new))
                .param(waits.stream().map(OperationWait::seen).toArray(Long[]::new))
                .query(row -> {
                    tell(waits.get(row.getInt("number") - 1), stored(row));
                });
        waits.forEach(OperationWait::endIfOver);
    }

    private void tell(OperationWait wait, GenericDomainEventEntry<byte[]> row) {
        try {
            for (var message : events.of(row)) {
                if (message.getPayload() instanceof NodeEvent event) {
                    wait.take(event, row.getSequenceNumber());
                }
            }
        } catch (RuntimeException unreadable) {
            log.warn("Nobody waits for {} here any more: {}", wait.nodeId(), unreadable.toString());
            wait.giveUp();
        }
    }

    private static GenericDomainEventEntry<byte[]> stored(ResultSet row) throws SQLException {
        return new GenericDomainEventEntry<>(
                row.getString("type"),
                row.getString("aggregate_identifier"),
                row.getLong("sequence_number"),
                row.getString("event_identifier"),
                row.getString("time_stamp"),
                row.getString("payload_type"),
                row.getString("payload_revision"),
                row.getBytes("payload"),
                row.getBytes("meta_data"));
    }
}
