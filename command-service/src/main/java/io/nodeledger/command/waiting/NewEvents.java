package io.nodeledger.command.waiting;

import io.nodeledger.events.node.NodeEvent;
import java.util.List;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what has happened to many nodes at once: one statement however many wait. */
final class NewEvents {
    private static final String NEW = """
            SELECT wait.number, event.sequence_number, event.payload_type, event.payload_revision, event.payload
            FROM unnest(?, ?) WITH ORDINALITY AS wait (stream, seen, number)
            JOIN eventstore.domain_event AS event
              ON event.aggregate_identifier = wait.stream AND event.sequence_number > wait.seen
            ORDER BY wait.number, event.sequence_number""";

    private final JdbcClient sql;
    private final Serializer events;

    NewEvents(JdbcClient sql, Serializer events) {
        this.sql = sql;
        this.events = events;
    }

    /** Tells each of the waits what it has not seen yet. */
    void tell(List<OperationWait> waits) {
        sql.sql(NEW)
                .param(waits.stream().map(OperationWait::nodeId).toArray(String[]::new))
                .param(waits.stream().map(OperationWait::seen).toArray(Long[]::new))
                .query(row -> {
                    var stored = new SimpleSerializedObject<>(
                            row.getBytes("payload"),
                            byte[].class,
                            row.getString("payload_type"),
                            row.getString("payload_revision"));
                    if (events.deserialize(stored) instanceof NodeEvent event) {
                        waits.get(row.getInt("number") - 1).take(event, row.getLong("sequence_number"));
                    }
                });
        waits.forEach(OperationWait::endIfOver);
    }
}
