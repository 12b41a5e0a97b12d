package io.nodeledger.query.projection;

import java.util.HashMap;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Puts events at their own places in the log. A tracking token tells how far its reader has come; for an event that was
 * committed after a later one, that is the later one's place. Costs one indexed statement for a batch.
 */
final class LogPositions {
    private static final String PLACES =
            "SELECT event_identifier, global_index FROM eventstore.domain_event WHERE event_identifier = ANY (?)";

    private final JdbcOperations jdbc;

    LogPositions(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    List<StoredEvent> placed(List<StoredEvent> batch) {
        var places = new HashMap<String, Long>();
        var ids = batch.stream().map(StoredEvent::id).toArray();
        jdbc.query(
                PLACES,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", ids)),
                row -> {
                    places.put(row.getString(1), row.getLong(2));
                });
        return batch.stream()
                .map(event -> {
                    var place = places.get(event.id());
                    if (place == null) {
                        throw new IllegalStateException("Event " + event.id() + " is not in the log that it came from");
                    }
                    return event.at(place);
                })
                .toList();
    }
}
