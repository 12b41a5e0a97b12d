package io.nodeledger.base.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackerStatus;
import org.junit.jupiter.api.Test;

class WatchedProcessorTest {
    private static final TrackerStatus AT_FIVE =
            new TrackerStatus(Segment.ROOT_SEGMENT, new GlobalSequenceTrackingToken(5));

    @Test
    void aSegmentThatFailedHereIsAsFarAsItsTokenWhoeverMovesIt() {
        var failed = AT_FIVE.markError(new IllegalStateException("broken"));

        assertThat(watched(failed).reached()).hasValue(9);
    }

    @Test
    void aSegmentThatIsWorkedOnHereIsWhereItIs() {
        assertThat(watched(AT_FIVE).reached()).hasValue(5);
    }

    private static WatchedProcessor watched(EventTrackerStatus segment) {
        var processor = (StreamingEventProcessor) Proxy.newProxyInstance(
                WatchedProcessorTest.class.getClassLoader(),
                new Class<?>[] {StreamingEventProcessor.class},
                (_, method, _) -> switch (method.getName()) {
                    case "getName" -> "statements";
                    case "processingStatus" -> Map.of(0, segment);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new WatchedProcessor(processor, _ -> 9, new SimpleMeterRegistry());
    }
}
