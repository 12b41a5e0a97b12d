package io.nodeledger.base.aggregate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps aggregates in memory, and reads their stream's tail on every load, because another instance may have appended:
 * no decision is made on stale state.
 *
 * <p>Loading takes an aggregate out of the cache, and only the commit of the transaction in which it was used puts it
 * back. So whatever goes wrong in between (a conflict, a rollback, one further out than the unit of work, a failing
 * handler) leaves nothing behind that never happened.
 */
final class ToppedUpRepository<T> extends EventSourcingRepository<T> {

    private static final Duration IDLE = Duration.ofMinutes(30);

    private final EventStore events;
    private final Cache<String, EventSourcedAggregate<T>> cache;

    ToppedUpRepository(EventSourcingRepository.Builder<T> builder, EventStore events, int cachedAggregates) {
        super(builder);
        this.events = events;
        this.cache = Caffeine.newBuilder()
                .maximumSize(cachedAggregates)
                .expireAfterAccess(IDLE)
                .build();
    }

    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(String identifier, @Nullable Long expectedVersion) {
        var cached = cache.asMap().remove(identifier);
        if (cached == null || cached.version() == null) {
            return super.doLoadWithLock(identifier, expectedVersion);
        }
        var tail = events.readEvents(identifier, cached.version() + 1);
        if (tail.hasNext()) {
            cached.initializeState(tail);
        }
        if (cached.isDeleted()) {
            return super.doLoadWithLock(identifier, expectedVersion);
        }
        return cached;
    }

    @Override
    protected void doSaveWithLock(EventSourcedAggregate<T> aggregate) {
        super.doSaveWithLock(aggregate);
        afterCommit(() -> cache.put(aggregate.identifierAsString(), aggregate));
    }

    /** Waits for the outermost transaction: a unit of work may have run inside a larger one that can still fail. */
    private static void afterCommit(Runnable action) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    action.run();
                }
            });
        } else {
            CurrentUnitOfWork.get().afterCommit(committed -> action.run());
        }
    }
}
