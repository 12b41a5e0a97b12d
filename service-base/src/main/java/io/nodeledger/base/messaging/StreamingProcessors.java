package io.nodeledger.base.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.eventstore.TokenStores;
import io.nodeledger.base.wakeup.WakingEventStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Registers processors as this system runs them. A module declares each as a bean, for sagas too (there the name is the
 * saga's processing group):
 *
 * <pre>{@code
 * @Bean
 * ProcessorSettings nodeList() {
 *     return ProcessorSettings.of("node-list", "query").withSegments(2);
 * }
 * }</pre>
 *
 * A new processor starts at the tail, so it sees every event there ever was. A handler's exception ends the batch, which
 * rolls back and is tried again with growing pauses; nothing is skipped.
 */
public final class StreamingProcessors {

    private static final long CLAIM_EXTENSION_MILLIS = 3000;

    private final TokenStores tokens;
    private final WakingEventStore events;
    private final @Nullable MeterRegistry meters;
    private final Map<String, String> schemas = new ConcurrentHashMap<>();

    StreamingProcessors(TokenStores tokens, WakingEventStore events, @Nullable MeterRegistry meters) {
        this.tokens = tokens;
        this.events = events;
        this.meters = meters;
    }

    /** Registers a pooled streaming processor with its token store and error handling. */
    public void register(EventProcessingConfigurer axon, ProcessorSettings settings) {
        var name = settings.name();
        schemas.put(name, settings.schema());
        axon.registerTokenStore(name, _ -> tokens.in(settings.schema()))
                .registerListenerInvocationErrorHandler(name, config -> PropagatingErrorHandler.instance())
                .registerErrorHandler(name, config -> failuresOf(name))
                .registerPooledStreamingEventProcessor(name, config -> events, (config, builder) -> {
                    var coordinator = new PromptScheduler(1, name + "-coordinator");
                    var workers = new PromptScheduler(settings.segments(), name + "-worker");
                    config.onShutdown(() -> {
                        coordinator.shutdown();
                        workers.shutdown();
                    });
                    return builder.coordinatorExecutor(coordinator)
                            .workerExecutor(workers)
                            .initialSegmentCount(settings.segments())
                            .batchSize(settings.batch())
                            .claimExtensionThreshold(CLAIM_EXTENSION_MILLIS)
                            .initialToken(StreamableMessageSource::createTailToken);
                });
    }

    /** The schema that keeps a processor's tokens. */
    String schemaOf(String processor) {
        String schema = schemas.get(processor);
        if (schema == null) {
            throw new IllegalArgumentException("The processor " + processor + " was not registered here");
        }
        return schema;
    }

    private ErrorHandler failuresOf(String processor) {
        return meters == null ? PropagatingErrorHandler.instance() : new CountedFailures(processor, meters);
    }
}
