package io.nodeledger.base.eventstore;

import io.nodeledger.base.aggregate.AggregateRegistration;
import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.base.settings.EventStoreSettings;
import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.base.wakeup.WakingEventStore;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ExceptionMapping;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.RevisionResolver;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Axon's storage on plain JDBC, every part of it declared here. Bean names equal those of Axon's own
 * auto-configuration, so that a bean that it adds in spite of these fails the start instead of taking over.
 */
@AutoConfiguration(
        after = DatabaseAutoConfiguration.class,
        before = {AxonAutoConfiguration.class, InfraConfiguration.class})
@EnableConfigurationProperties({EventStoreSettings.class, InstallationSettings.class})
public class EventStoreAutoConfiguration {

    /** PostgreSQL's {@code unique_violation}; Axon's own list of codes knows no SQL states. */
    private static final String UNIQUE_VIOLATION = "23505";

    private static final Duration ELSEWHERE = Duration.ofSeconds(2);

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    /**
     * Follows Spring's transaction. Every unit of work opens or joins one, so this is bound to the unit of work, and
     * unlike Axon's own wrapper it never commits a transaction that somebody outside the unit of work has begun.
     */
    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new SpringDataSourceConnectionProvider(dataSource);
    }

    @Bean
    PersistenceExceptionResolver persistenceExceptionResolver() {
        return new SQLStateResolver(UNIQUE_VIOLATION);
    }

    @Bean
    RevisionResolver revisionResolver() {
        return new AnnotationRevisionResolver();
    }

    @Bean
    @Primary
    Serializer serializer(RevisionResolver revisions) {
        return JsonSerializers.forState(revisions);
    }

    @Bean
    @Qualifier("messageSerializer")
    Serializer messageSerializer(RevisionResolver revisions) {
        return JsonSerializers.forMessages(revisions);
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(@Qualifier("messageSerializer") Serializer messageSerializer) {
        return messageSerializer;
    }

    @Bean
    StoredEvents storedEvents(
            @Qualifier("eventSerializer") Serializer eventSerializer, ObjectProvider<EventUpcaster> upcasters) {
        return new StoredEvents(eventSerializer, upcasters.orderedStream());
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            DatabaseSettings database,
            EventStoreSettings settings,
            SchemaMigrations migrated,
            TransactionManager transactions,
            ConnectionProvider connections,
            PersistenceExceptionResolver conflicts,
            Serializer stateSerializer,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            StoredEvents stored,
            ObjectProvider<AggregateRegistration<?>> aggregates) {
        settings.requireLongerThan(database.transactionTimeout());
        var builder = JdbcEventStorageEngine.builder()
                .schema(EventTables.NAMES)
                .connectionProvider(connections)
                .persistenceExceptionResolver(conflicts)
                .eventSerializer(eventSerializer)
                .snapshotSerializer(stateSerializer)
                .upcasterChain(stored.upcasters())
                .snapshotFilter(new SnapshotRevisions(aggregates.stream().toList()))
                .dataType(byte[].class)
                .batchSize(settings.readBatch())
                .gapTimeout(Math.toIntExact(settings.gapTimeout().toMillis()));
        // A batch that is not full is the stream's end: no second query to find nothing.
        builder.finalAggregateBatchPredicate(batch -> batch.size() < settings.readBatch());
        return new PostgresEventStorageEngine(builder, transactions);
    }

    /** Another instance can do it. */
    @Bean
    ExceptionMapping newerEvents() {
        return failure -> Stream.<@Nullable Throwable>iterate(failure, Objects::nonNull, each -> each.getCause())
                        .anyMatch(NewerEvent.class::isInstance)
                ? Optional.of(ApiError.unavailable(ELSEWHERE))
                : Optional.empty();
    }

    @Bean
    @Qualifier("eventStore")
    WakingEventStore eventBus(EventStorageEngine engine, Wakeups wakeups) {
        return WakingEventStore.on(engine, wakeups);
    }

    @Bean
    SettledEvents settledEvents(EventStorageEngine engine, DataSource dataSource, Wakeups wakeups) {
        return new SettledEvents(engine, JdbcClient.create(dataSource), wakeups);
    }

    @Bean
    Epochs epochs(DataSource dataSource, SchemaMigrations migrated) {
        return new Epochs(JdbcClient.create(dataSource));
    }

    @Bean
    TokenStores tokenStores(
            ConnectionProvider connections,
            Serializer stateSerializer,
            Wakeups wakeups,
            DataSource dataSource,
            InstallationSettings installation,
            SchemaMigrations migrated) {
        return new TokenStores(connections, stateSerializer, wakeups, JdbcClient.create(dataSource), installation);
    }

    @Bean
    SagaStores sagaStores(ConnectionProvider connections, Serializer stateSerializer, SchemaMigrations migrated) {
        return new SagaStores(connections, stateSerializer);
    }

    @Bean
    Positions positions(DataSource dataSource, Serializer stateSerializer, Wakeups wakeups) {
        return new Positions(JdbcClient.create(dataSource), stateSerializer, wakeups);
    }
}
