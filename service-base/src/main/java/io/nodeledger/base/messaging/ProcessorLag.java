package io.nodeledger.base.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.eventstore.Epoch;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many places in the global order each processor of this instance is behind: {@code nodeledger.processor.lag}, by
 * processor. Segments that another instance works on do not count here.
 */
public final class ProcessorLag implements SmartLifecycle {

    private final MeterRegistry meters;
    private final EventProcessingConfiguration processors;
    private final JdbcClient sql;
    private volatile boolean running;

    ProcessorLag(MeterRegistry meters, EventProcessingConfiguration processors, JdbcClient sql) {
        this.meters = meters;
        this.processors = processors;
        this.sql = sql;
    }

    @Override
    public void start() {
        processors.eventProcessors().values().stream()
                .filter(StreamingEventProcessor.class::isInstance)
                .map(StreamingEventProcessor.class::cast)
                .forEach(this::watch);
        running = true;
    }

    /** Watches a processor that was made outside of the framework's configuration. */
    public Gauge watch(StreamingEventProcessor processor) {
        return Gauge.builder("nodeledger.processor.lag", processor, this::lag)
                .description("Places in the global order that a processor is behind")
                .tag("processor", processor.getName())
                .register(meters);
    }

    /** Ends the watch over such a processor. */
    public void forget(Gauge watched) {
        meters.remove(watched);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private double lag(StreamingEventProcessor processor) {
        var reached = processor.processingStatus().values().stream()
                .mapToLong(segment -> segment.getCurrentPosition().orElse(0))
                .min();
        if (reached.isEmpty()) {
            return 0;
        }
        long head = sql.sql("SELECT coalesce(max(global_index), 0) FROM eventstore.domain_event")
                .query(Long.class)
                .single();
        return Math.max(0, head - Math.max(reached.getAsLong(), Epoch.floorOf(head)));
    }
}
