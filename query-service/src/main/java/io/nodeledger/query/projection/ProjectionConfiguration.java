package io.nodeledger.query.projection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.base.eventstore.TokenStores;
import io.nodeledger.base.messaging.ProcessorLag;
import io.nodeledger.base.wakeup.Wakeups;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs every {@link ReadModel} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySettings.class)
public class ProjectionConfiguration {
    static final String SCHEMA = "query";

    @Bean
    static SchemaMigration querySchema() {
        return SchemaMigration.of(SCHEMA, "classpath:db/query");
    }

    @Bean
    Generations generations(JdbcClient jdbc, Serializer serializer) {
        return new Generations(jdbc, serializer);
    }

    @Bean
    GenerationSwitch generationSwitch(
            Generations generations, PlatformTransactionManager transactions, Wakeups wakeups, QuerySettings settings) {
        return new GenerationSwitch(
                generations, new TransactionTemplate(transactions), wakeups, settings.generationCheck());
    }

    @Bean
    ProjectionProcessors projectionProcessors(
            List<ReadModel> models,
            Generations generations,
            GenerationSwitch generationSwitch,
            EventStore events,
            TokenStores tokens,
            TransactionManager axonTransactions,
            JdbcOperations jdbc,
            QuerySettings settings,
            Wakeups wakeups,
            ObjectProvider<ProcessorLag> lag) {
        return new ProjectionProcessors(
                models,
                generations,
                generationSwitch,
                new ProcessorFactory(events, tokens.in(SCHEMA), axonTransactions, jdbc, settings, lag.getIfAvailable()),
                wakeups,
                settings.generationCheck());
    }

    @Bean
    ProjectionRebuild projectionRebuild(
            List<ReadModel> models, Generations generations, GenerationSwitch generationSwitch) {
        return new ProjectionRebuild(models, generations, generationSwitch);
    }

    @Bean
    ReadPositions readPositions(
            List<ReadModel> models,
            Generations generations,
            Positions positions,
            QuerySettings settings,
            MeterRegistry meters) {
        var reads = new ReadPositions(models, generations, positions, settings.positionWait());
        Gauge.builder("nodeledger.waits.open", reads, ReadPositions::waiting)
                .description("Requests that are held until something has happened, by kind")
                .tag("kind", "position")
                .register(meters);
        return reads;
    }

    @Bean
    RebuildFigures rebuildFigures(Generations generations, Epochs epochs, JdbcClient jdbc, MeterRegistry meters) {
        return new RebuildFigures(generations, epochs, jdbc, meters);
    }

    @Bean
    SettledPositions settledPositions(JdbcClient jdbc, Generations generations) {
        return new SettledPositions(jdbc, generations);
    }

    @Bean
    ProjectionsEndpoint projectionsEndpoint(ProjectionRebuild rebuild) {
        return new ProjectionsEndpoint(rebuild);
    }
}
