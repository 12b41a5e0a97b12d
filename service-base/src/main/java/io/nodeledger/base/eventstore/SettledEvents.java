package io.nodeledger.base.eventstore;

import io.nodeledger.base.wakeup.Wakeups;
import java.time.Instant;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The log for those who tell others what happened, in its own order: an event is handed out once nothing can turn up before
 * it any more (source: rulings 6). Its tokens have no gaps, so each is the place of its event.
 */
public final class SettledEvents implements StreamableMessageSource<TrackedEventMessage<?>> {
    private final EventStorageEngine engine;
    private final JdbcClient sql;
    private final Wakeups wakeups;

    SettledEvents(EventStorageEngine engine, JdbcClient sql, Wakeups wakeups) {
        this.engine = engine;
        this.sql = sql;
        this.wakeups = wakeups;
    }

    /** The place in the log of an event that this source handed out. */
    public static long positionOf(TrackedEventMessage<?> event) {
        return indexOf(event.trackingToken());
    }

    static long indexOf(@Nullable TrackingToken token) {
        return switch (token) {
            case null -> 0;
            case GapAwareTrackingToken place -> place.getIndex();
            default -> throw new IllegalArgumentException("No token of this log: " + token);
        };
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        return new SettledStream(engine, new SettledOrder(sql, indexOf(token)), indexOf(token), wakeups);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return engine.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return engine.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant moment) {
        return engine.createTokenAt(moment);
    }
}
