package io.nodeledger.base.wakeup;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * An event store whose readers are woken by the commit, here and in the other JVMs, instead of at the next poll.
 *
 * <p>Readers at the end share what one of them reads, see {@link TailReads}: the cache of the parent class would have to be
 * filled by a thread that polls.
 */
public final class WakingEventStore extends EmbeddedEventStore {

    /** The channel on which every commit of events is announced. */
    public static final String EVENTS = "events";

    private final Wakeups wakeups;
    private final TailReads reads;

    private WakingEventStore(Builder builder, Wakeups wakeups) {
        super(builder);
        this.wakeups = wakeups;
        this.reads = new TailReads(storageEngine(), wakeups);
    }

    /** An event store over a storage engine. */
    public static WakingEventStore on(EventStorageEngine engine, Wakeups wakeups) {
        return new WakingEventStore(
                EmbeddedEventStore.builder().storageEngine(engine).optimizeEventConsumption(false), wakeups);
    }

    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        wakeups.signal(EVENTS);
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken trackingToken) {
        return new WokenStream(reads, trackingToken, wakeups);
    }
}
