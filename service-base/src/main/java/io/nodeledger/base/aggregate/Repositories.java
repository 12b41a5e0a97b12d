package io.nodeledger.base.aggregate;

import io.nodeledger.base.settings.EventStoreSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;

/** The repositories of the registered aggregates, one per type, locked per aggregate within this JVM. */
public final class Repositories implements RepositoryProvider, AutoCloseable {

    private final Set<Class<?>> registered = new LinkedHashSet<>();
    private final ConcurrentHashMap<Class<?>, Repository<?>> repositories = new ConcurrentHashMap<>();
    private final EventStore events;
    private final EventStoreSettings settings;
    private final ParameterResolverFactory parameters;
    private final HandlerDefinition handlers;
    private final ExecutorService snapshots = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("snapshotter").daemon().factory());
    private final AggregateSnapshotter snapshotter;

    Repositories(
            List<AggregateRegistration<?>> aggregates,
            EventStore events,
            TransactionManager transactions,
            EventStoreSettings settings,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers) {
        aggregates.forEach(aggregate -> registered.add(aggregate.type()));
        this.events = events;
        this.settings = settings;
        this.parameters = parameters;
        this.handlers = handlers;
        this.snapshotter = AggregateSnapshotter.builder()
                .eventStore(events)
                .transactionManager(transactions)
                .executor(snapshots)
                .repositoryProvider(this)
                .aggregateFactories(registered.stream()
                        .<AggregateFactory<?>>map(Repositories::factory)
                        .toList())
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .build();
    }

    /**
     * The repository of a registered aggregate.
     *
     * @throws IllegalArgumentException when the type was never registered
     */
    @SuppressWarnings("unchecked")
    public <T> Repository<T> of(Class<T> type) {
        if (!registered.contains(type)) {
            throw new IllegalArgumentException(
                    type.getName() + " is not a registered aggregate: name it in @Aggregates on a configuration");
        }
        return (Repository<T>) repositories.computeIfAbsent(type, this::create);
    }

    @Override
    public <T> Repository<T> repositoryFor(Class<T> type) {
        return of(type);
    }

    Set<Class<?>> types() {
        return registered;
    }

    Snapshotter snapshotter() {
        return snapshotter;
    }

    @Override
    public void close() {
        snapshots.close();
    }

    private static <T> AggregateFactory<T> factory(Class<T> type) {
        return new GenericAggregateFactory<>(type);
    }

    private <T> Repository<T> create(Class<T> type) {
        var model = new AnnotatedAggregateMetaModelFactory(parameters, handlers).createModel(type);
        var builder = EventSourcingRepository.builder(type)
                .aggregateModel(model)
                .eventStore(events)
                .repositoryProvider(this)
                .lockFactory(PessimisticLockFactory.usingDefaults())
                .snapshotTriggerDefinition(
                        new EventCountSnapshotTriggerDefinition(snapshotter, settings.snapshotEvery()));
        return new ToppedUpRepository<>(builder, events, settings.cachedAggregates());
    }
}
