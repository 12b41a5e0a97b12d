package io.nodeledger.base.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.eventstore.Epoch;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.WrappedToken;

/** The meters of one processor, as far as this instance works on it. */
final class WatchedProcessor {
    private static final String PROCESSOR = "processor";

    private final StreamingEventProcessor processor;
    private final LongSupplier head;
    private final MeterRegistry registry;
    private final List<Meter> meters;
    private volatile Duration waiting = Duration.ZERO;

    WatchedProcessor(StreamingEventProcessor processor, LongSupplier head, MeterRegistry registry) {
        this.processor = processor;
        this.head = head;
        this.registry = registry;
        this.meters = List.of(
                Gauge.builder("nodeledger.processor.lag", this, WatchedProcessor::lag)
                        .description("Places in the global order that a processor is behind")
                        .tag(PROCESSOR, name())
                        .register(registry),
                Gauge.builder("nodeledger.processor.lag.seconds", this, one -> one.waiting.toMillis() / 1000.0)
                        .description("How long the oldest event has waited for a processor")
                        .tag(PROCESSOR, name())
                        .register(registry),
                Gauge.builder("nodeledger.processor.segments", this, WatchedProcessor::segments)
                        .description("Segments of a processor that this instance works on")
                        .tag(PROCESSOR, name())
                        .register(registry),
                Gauge.builder("nodeledger.processor.gaps", this, WatchedProcessor::gaps)
                        .description("Places that a processor has passed and may find an event at later")
                        .tag(PROCESSOR, name())
                        .register(registry),
                Gauge.builder("nodeledger.processor.running", processor, one -> one.isRunning() ? 1 : 0)
                        .description("Whether a processor runs here: 1 or 0")
                        .tag(PROCESSOR, name())
                        .register(registry));
    }

    String name() {
        return processor.getName();
    }

    /** The place that all segments here have come to; none when there are none. */
    OptionalLong reached() {
        return processor.processingStatus().values().stream()
                .mapToLong(segment -> segment.getCurrentPosition().orElse(0))
                .min();
    }

    void waits(Duration since) {
        waiting = since.isNegative() ? Duration.ZERO : since;
    }

    void forget() {
        meters.forEach(registry::remove);
    }

    private double lag() {
        OptionalLong reached = reached();
        if (reached.isEmpty()) {
            return 0;
        }
        long last = head.getAsLong();
        return Math.max(0, last - Math.max(reached.getAsLong(), Epoch.floorOf(last)));
    }

    private double segments() {
        return processor.processingStatus().values().stream()
                .filter(segment -> !segment.isErrorState())
                .count();
    }

    private double gaps() {
        return processor.processingStatus().values().stream()
                .map(EventTrackerStatus::getTrackingToken)
                .mapToInt(token -> WrappedToken.unwrapLowerBound(token) instanceof GapAwareTrackingToken place
                        ? place.getGaps().size()
                        : 0)
                .sum();
    }
}
