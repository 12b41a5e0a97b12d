package io.nodeledger.base.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.WrappedToken;

/** The meters of one processor, as far as this instance works on it. */
final class WatchedProcessor {
    private static final String PROCESSOR = "processor";

    private final StreamingEventProcessor processor;
    private final IntToLongFunction stored;
    private final MeterRegistry registry;
    private final List<Meter> meters;
    private volatile Lag lag = Lag.NONE;

    /** @param stored the place that a segment's token has, by the segment's number */
    WatchedProcessor(StreamingEventProcessor processor, IntToLongFunction stored, MeterRegistry registry) {
        this.processor = processor;
        this.stored = stored;
        this.registry = registry;
        this.meters = List.of(
                Gauge.builder("nodeledger.processor.lag", this, one -> one.lag.places())
                        .description("Places in the global order that a processor is behind")
                        .tag(PROCESSOR, name())
                        .register(registry),
                Gauge.builder("nodeledger.processor.lag.seconds", this, one -> one.lag.seconds())
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

    /**
     * How far a processor is behind.
     *
     * @param places in the global order
     * @param seconds that the oldest event has waited
     */
    record Lag(long places, double seconds) {
        static final Lag NONE = new Lag(0, 0);
    }

    String name() {
        return processor.getName();
    }

    /** The place that all segments here have come to; none when there are none. */
    OptionalLong reached() {
        return processor.processingStatus().values().stream()
                .mapToLong(this::reached)
                .min();
    }

    /** A segment that failed here is remembered as it was then; another instance may have taken it since, and got on. */
    private long reached(EventTrackerStatus segment) {
        return segment.isErrorState()
                ? stored.applyAsLong(segment.getSegment().getSegmentId())
                : segment.getCurrentPosition().orElse(0);
    }

    void lags(Lag behind) {
        lag = behind;
    }

    void forget() {
        meters.forEach(registry::remove);
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
