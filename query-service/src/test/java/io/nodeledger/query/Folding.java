package io.nodeledger.query;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.query.projection.Projection;
import io.nodeledger.query.projection.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Folds histories without a database. */
public final class Folding {
    private Folding() {}

    public static List<StoredEvent> stored(List<NodeEvent> events) {
        var stored = new ArrayList<StoredEvent>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            stored.add(new StoredEvent(
                    i + 1L, "evt-" + (i + 1), event.nodeId(), i, event.effectiveAt(), event, History.CAUSE));
        }
        return stored;
    }

    /** The row of a key after a history. */
    public static <R> R fold(Projection<R> projection, String key, History history) {
        @Nullable R row = null;
        for (var event : stored(history.events())) {
            if (key.equals(projection.keyOf(event))) {
                row = projection.apply(row, event);
            }
        }
        return Objects.requireNonNull(row);
    }
}
