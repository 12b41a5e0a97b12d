package io.nodeledger.query.projection;

import java.util.HashMap;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;

/** Puts events at their own places in the log where they don't know them. Costs one indexed statement for a batch of such. */
final class LogPositions {
    private static final String PLACES =
            "SELECT event_identifier, global_index FROM eventstore.domain_event WHERE event_identifier = ANY (?)";

    private final JdbcOperations jdbc;

    LogPositions(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    List<StoredEvent> placed(List<StoredEvent> batch) {
        var ids = batch.stream()
                .filter(event -> event.position() == StoredEvents.UNPLACED)
                .map(StoredEvent::id)
                .toArray();
        return ids.length == 0 ? batch : placed(batch, ids);
    }

    private List<StoredEvent> placed(List<StoredEvent> batch, Object[] ids) {
        var places = new HashMap<String, Long>();
        jdbc.query(
                PLACES,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", ids)),
                row -> {
                    places.put(row.getString(1), row.getLong(2));
                });
        return batch.stream()
                .map(event -> {
                    if (event.position() != StoredEvents.UNPLACED) {
                        return event;
                    }
                    var place = places.get(event.id());
                    if (place == null) {
                        throw new IllegalStateException("Event " + event.id() + " is not in the log that it came from");
                    }
                    return event.at(place);
                })
                .toList();
    }
}
