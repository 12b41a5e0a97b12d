package io.nodeledger.base.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacedEventTest {
    private static final TrackingToken FOUR = token(4);

    @Test
    void theFirstEventIsWhereItsTokenIs() {
        assertThat(PlacedEvent.placeOf(read(null, token(7, 3L)))).hasValue(7);
    }

    @Test
    void theNextEventIsWhereItsTokenIs() {
        assertThat(PlacedEvent.placeOf(read(FOUR, token(7, 5L, 6L)))).hasValue(7);
    }

    @Test
    void anEventThatWasCommittedLateIsInTheGapThatItFilled() {
        assertThat(PlacedEvent.placeOf(read(token(7, 5L, 6L), token(7, 6L)))).hasValue(5);
    }

    @Test
    void severalGapsThatAreGoneSayNothing() {
        assertThat(PlacedEvent.placeOf(read(token(7, 5L, 6L), token(7)))).isEmpty();
    }

    @Test
    void aMessageFromElsewhereSaysNothing() {
        assertThat(PlacedEvent.placeOf(message(FOUR))).isEmpty();
    }

    @Test
    void anotherTokenDoesNotMoveIt() {
        assertThat(PlacedEvent.placeOf(read(FOUR, token(7)).withTrackingToken(token(9))))
                .hasValue(7);
    }

    private static TrackedEventMessage<?> read(@Nullable TrackingToken before, TrackingToken now) {
        return PlacedEvent.after(before, message(now));
    }

    private static TrackedEventMessage<String> message(TrackingToken token) {
        return new GenericTrackedDomainEventMessage<>(
                token, new GenericDomainEventMessage<>("Account", "acc-1", 0, "opened"));
    }

    private static TrackingToken token(long index, Long... gaps) {
        return GapAwareTrackingToken.newInstance(index, List.of(gaps));
    }
}
