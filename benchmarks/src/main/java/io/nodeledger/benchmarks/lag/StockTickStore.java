package io.nodeledger.benchmarks.lag;

import com.zaxxer.hikari.HikariDataSource;
import io.nodeledger.testing.TestDatabase;
import java.util.function.Consumer;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Axon as it comes: its JDBC engine, its embedded store and its pooled processor, with their defaults. */
final class StockTickStore implements TickStore {

    private final HikariDataSource pool = new HikariDataSource();
    private final Serializer serializer = Jackson3Serializer.builder().build();
    private final Configuration axon;

    StockTickStore(TestDatabase database, @Nullable Consumer<Tick> reader) {
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        ConnectionProvider connections = new SpringDataSourceConnectionProvider(pool);
        TransactionManager transactions = new SpringTransactionManager(new JdbcTransactionManager(pool));
        var engine = JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .build();
        var tokens = JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        tokens.createSchema(PostgresTokenTableFactory.INSTANCE);

        var configurer = DefaultConfigurer.defaultConfiguration()
                .configureSerializer(config -> serializer)
                .configureTransactionManager(config -> transactions)
                .configureEventStore(config ->
                        EmbeddedEventStore.builder().storageEngine(engine).build());
        if (reader != null) {
            configurer
                    .eventProcessing()
                    .usingPooledStreamingEventProcessors()
                    .registerTokenStore(config -> tokens)
                    .registerEventHandler(config -> new TickReader(reader));
        }
        this.axon = configurer.start();
    }

    @Override
    public void append(Tick tick) {
        axon.eventStore().publish(GenericEventMessage.asEventMessage(tick));
    }

    @Override
    public void close() {
        axon.shutdown();
        pool.close();
    }
}
