package io.nodeledger.base.wakeup;

import java.util.HashSet;
import java.util.OptionalLong;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * An event that knows its own place in the log. Its token does not say: it tells how far the reader has come, which for an
 * event that was committed after a later one is the later one's place.
 */
public final class PlacedEvent<T> extends GenericTrackedDomainEventMessage<T> {
    private final transient long place;

    private PlacedEvent(TrackingToken token, DomainEventMessage<T> event, long place) {
        super(token, event);
        this.place = place;
    }

    /** The place of an event as it came out of a stream; empty where it would have to be looked up. */
    public static OptionalLong placeOf(EventMessage<?> event) {
        return event instanceof PlacedEvent<?> placed ? OptionalLong.of(placed.place) : OptionalLong.empty();
    }

    /**
     * The event with its place, as far as that follows from the tokens.
     *
     * @param before the token of the event before it, or that its reader began at
     */
    static TrackedEventMessage<?> after(@Nullable TrackingToken before, TrackedEventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domain
                        && event.trackingToken() instanceof GapAwareTrackingToken now
                ? placed(domain, event, now, before)
                : event;
    }

    private static TrackedEventMessage<?> placed(
            DomainEventMessage<?> domain,
            TrackedEventMessage<?> event,
            GapAwareTrackingToken now,
            @Nullable TrackingToken before) {
        if (before == null || (before instanceof GapAwareTrackingToken past && past.getIndex() < now.getIndex())) {
            return new PlacedEvent<>(now, domain, now.getIndex());
        }
        if (before instanceof GapAwareTrackingToken past) {
            var filled = new HashSet<>(past.getGaps());
            filled.removeAll(now.getGaps());
            if (filled.size() == 1) {
                return new PlacedEvent<>(now, domain, filled.iterator().next());
            }
        }
        return event;
    }

    @Override
    public PlacedEvent<T> withTrackingToken(TrackingToken token) {
        return new PlacedEvent<>(token, this, place);
    }
}
