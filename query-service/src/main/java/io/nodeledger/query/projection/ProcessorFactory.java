package io.nodeledger.query.projection;

import io.nodeledger.base.eventstore.ConnectionPools;
import io.nodeledger.base.messaging.ProcessorLag;
import io.nodeledger.base.messaging.PromptScheduler;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Makes the processor that fills one generation of a read model, from the log's first event on. A batch that fails is
 * rolled back with its token and tried again: nothing is skipped.
 */
final class ProcessorFactory {
    private static final long CLAIM_EXTENSION_MILLIS = 3000;
    private static final long HURRY_MILLIS = 50;

    private final EventStore events;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final TableWriter writer;
    private final LogPositions positions;
    private final QuerySettings settings;
    private final @Nullable ProcessorLag lag;

    ProcessorFactory(
            EventStore events,
            TokenStore tokens,
            TransactionManager transactions,
            JdbcOperations jdbc,
            QuerySettings settings,
            @Nullable ProcessorLag lag) {
        this.events = events;
        this.tokens = tokens;
        this.transactions = transactions;
        this.writer = new TableWriter(jdbc);
        this.positions = new LogPositions(jdbc);
        this.settings = settings;
        this.lag = lag;
    }

    RunningProcessor start(ReadModel model, int generation) {
        var name = Generation.processorName(model.name(), generation);
        var coordinator = new PromptScheduler(1, name + "-coordinator", ConnectionPools::inProjections);
        var workers = new PromptScheduler(1, name + "-worker", ConnectionPools::inProjections);
        var processor = PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(new BatchCollector(batch -> project(model, generation, batch)))
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
                .build();
        processor.start();
        var watch = lag == null ? null : lag.watch(processor, ProjectionConfiguration.SCHEMA);
        return new RunningProcessor(processor, coordinator, workers, () -> {
            if (watch != null) {
                watch.end();
            }
        });
    }

    private void project(ReadModel model, int generation, List<StoredEvent> batch) {
        var concerned = batch.stream().filter(model::concerns).toList();
        if (!concerned.isEmpty()) {
            model.project(writer, generation, positions.placed(concerned));
        }
    }

    /** A processor with the threads that it runs on, and what ends the watch over it. */
    record RunningProcessor(
            PooledStreamingEventProcessor processor,
            PromptScheduler coordinator,
            ScheduledExecutorService workers,
            Runnable unwatch) {

        void stop() {
            unwatch.run();
            var ended = processor.shutdownAsync();
            // After failures, as of a database that is out of reach, it would notice only once its back-off is over.
            var hurrying = workers.scheduleWithFixedDelay(coordinator::hurry, 0, HURRY_MILLIS, TimeUnit.MILLISECONDS);
            ended.join();
            hurrying.cancel(false);
            coordinator.shutdown();
            workers.shutdown();
        }
    }
}
