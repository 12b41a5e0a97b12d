package io.nodeledger.webhook.relay;

import io.nodeledger.base.eventstore.SettledEvents;
import io.nodeledger.base.messaging.ProcessorLag;
import io.nodeledger.base.messaging.PromptScheduler;
import io.nodeledger.webhook.kafka.KafkaHealth;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Takes what happened to Kafka, from the first event on: a batch is sent, everything acknowledged, and only then its token
 * commits. While Kafka is away nothing else waits, and afterwards the relay goes on where it was.
 */
public final class Relay implements SmartLifecycle {
    private static final long CLAIM_EXTENSION_MILLIS = 3000;

    /** After a failure, and when another instance is gone; it doubles with each failure. */
    private static final long CLAIM_INTERVAL_MILLIS = 1000;

    private final Batches batches;
    private final PooledStreamingEventProcessor processor;
    private final PromptScheduler coordinator;
    private final PromptScheduler workers;
    private final @Nullable ProcessorLag lag;
    private ProcessorLag.@Nullable Watch watch;

    Relay(
            String name,
            Publisher.Source publishers,
            SettledEvents events,
            TokenStore tokens,
            TransactionManager transactions,
            RelaySettings settings,
            KafkaHealth health,
            @Nullable ProcessorLag lag) {
        this.batches = new Batches(name, publishers, health);
        this.coordinator = new PromptScheduler(1, name + "-coordinator");
        this.workers = new PromptScheduler(settings.segments(), name + "-worker");
        this.lag = lag;
        this.processor = PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(batches)
                .errorHandler(lag == null ? PropagatingErrorHandler.instance() : lag.failuresOf(name))
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .messageSource(events)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .coordinatorExecutor(coordinator)
                .workerExecutor(workers)
                .initialSegmentCount(settings.segments())
                .initialToken(StreamableMessageSource::createTailToken)
                .batchSize(settings.batch())
                .claimExtensionThreshold(CLAIM_EXTENSION_MILLIS)
                .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
                .build();
        health.whenBack(this::goOn);
    }

    /** How many segments of this instance wait for Kafka. */
    int waiting() {
        return batches.waiting().size();
    }

    /** At once, not when the pause after the last failure is over, which by then may be a minute. */
    private void goOn() {
        if (processor.isRunning()) {
            batches.waiting().forEach(segment -> {
                // What does not come of it comes when the pause is over.
                var _ = processor.claimSegment(segment).thenAccept(mine -> {
                    if (!mine) {
                        batches.noLongerWaits(segment);
                    }
                });
            });
        }
    }

    @Override
    public void start() {
        processor.start();
        if (lag != null) {
            watch = lag.watch(processor, RelayConfiguration.SCHEMA);
        }
    }

    @Override
    public void stop() {
        processor.shutDown();
        coordinator.shutdown();
        workers.shutdown();
        batches.close();
        if (watch != null) {
            watch.end();
            watch = null;
        }
    }

    @Override
    public boolean isRunning() {
        return processor.isRunning();
    }
}
