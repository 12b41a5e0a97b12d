package io.nodeledger.base.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.eventstore.Epoch;
import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.TokenStores;
import io.nodeledger.base.messaging.WatchedProcessor.Lag;
import io.nodeledger.base.metrics.Age;
import io.nodeledger.base.metrics.Figures;
import io.nodeledger.base.metrics.LogHead;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How each processor of this instance does: {@code nodeledger.processor.*}, by processor. Segments that another instance
 * works on do not count here.
 */
public final class ProcessorLag implements SmartLifecycle, Figures {
    private static final String UNREAD = """
            SELECT p.name, (SELECT time_stamp FROM eventstore.domain_event WHERE global_index > p.reached
                            ORDER BY global_index LIMIT 1)
            FROM unnest(?::text[], ?::bigint[]) AS p(name, reached)""";

    private final MeterRegistry meters;
    private final EventProcessingConfiguration processors;
    private final StreamingProcessors registered;
    private final Positions positions;
    private final JdbcClient sql;
    private final InstantSource clock;
    private final List<WatchedProcessor> watched = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    ProcessorLag(
            MeterRegistry meters,
            EventProcessingConfiguration processors,
            StreamingProcessors registered,
            Positions positions,
            JdbcClient sql,
            InstantSource clock) {
        this.meters = meters;
        this.processors = processors;
        this.registered = registered;
        this.positions = positions;
        this.sql = sql;
        this.clock = clock;
    }

    /** A watch over one processor. */
    public interface Watch {
        /** Ends it: the processor's meters go. */
        void end();
    }

    @Override
    public void start() {
        processors.eventProcessors().values().stream()
                .filter(StreamingEventProcessor.class::isInstance)
                .map(StreamingEventProcessor.class::cast)
                .forEach(processor -> watch(processor, registered.schemaOf(processor.getName())));
        running = true;
    }

    /**
     * Watches a processor that was made outside of the framework's configuration.
     *
     * @param schema that keeps its tokens
     */
    public Watch watch(StreamingEventProcessor processor, String schema) {
        String tokens = TokenStores.table(schema);
        var one = new WatchedProcessor(
                processor, segment -> positions.reached(processor.getName(), tokens, segment), meters);
        watched.add(one);
        return () -> {
            watched.remove(one);
            one.forget();
        };
    }

    /** Counts a processor's batches that fail, and has them tried again. */
    public ErrorHandler failuresOf(String processor) {
        return new CountedFailures(processor, meters);
    }

    /** Finds for all of them how far they are behind, and the oldest event that they have not handled. */
    @Override
    public void read() {
        long head = LogHead.read(sql);
        var reached = new HashMap<String, Long>();
        watched.forEach(one -> one.reached().ifPresent(place -> reached.put(one.name(), place)));
        Map<String, Instant> unread = reached.isEmpty() ? Map.of() : unread(reached);
        Instant now = clock.instant();
        for (WatchedProcessor one : watched) {
            Long place = reached.get(one.name());
            Instant since = unread.get(one.name());
            one.lags(new Lag(
                    place == null ? 0 : Math.max(0, head - Math.max(place, Epoch.floorOf(head))),
                    since == null ? 0 : Age.seconds(since, now)));
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private Map<String, Instant> unread(Map<String, Long> reached) {
        var found = new HashMap<String, Instant>();
        sql.sql(UNREAD)
                .params(
                        reached.keySet().toArray(String[]::new),
                        reached.values().toArray(Long[]::new))
                .query(row -> {
                    String since = row.getString(2);
                    if (since != null) {
                        found.put(row.getString(1), Instant.parse(since));
                    }
                });
        return found;
    }
}
