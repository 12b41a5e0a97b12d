package io.nodeledger.base.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.base.eventstore.EventStoreAutoConfiguration;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Figures of every service, and those of operations, which all of them may append. */
@AutoConfiguration(
        after = EventStoreAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBean({MeterRegistry.class, DataSource.class, EventStore.class})
@EnableConfigurationProperties(MetricsSettings.class)
public class MetricsAutoConfiguration {
    @Bean
    OperationTimes operationTimes(DataSource database, MeterRegistry meters) {
        return new OperationTimes(JdbcClient.create(database), meters);
    }

    /** Subscribed, not streaming: it hears what this instance appends, and that once. */
    @Bean(destroyMethod = "cancel")
    Registration operationMeters(EventStore events, OperationTimes times, MeterRegistry meters) {
        return events.subscribe(new OperationMeters(meters, times));
    }

    @Bean
    LogFigures logFigures(DataSource database, InstantSource clock, MeterRegistry meters) {
        return new LogFigures(JdbcClient.create(database), clock, meters);
    }

    @Bean
    EpochFigures epochFigures(DataSource database, MeterRegistry meters) {
        return new EpochFigures(JdbcClient.create(database), meters);
    }

    @Bean
    HealthFigures healthFigures(ObjectProvider<HealthContributorRegistry> contributors, MeterRegistry meters) {
        return new HealthFigures(contributors::getIfAvailable, meters);
    }

    @Bean
    RepeatedTask lookAtHealth(HealthFigures health, MetricsSettings settings) {
        return new RepeatedTask("look at health", Duration.ZERO, settings.readEvery(), health::read);
    }

    @Bean
    RepeatedTask readingOfFigures(ObjectProvider<Figures> figures, MeterRegistry meters, MetricsSettings settings) {
        var reading = new FigureReading(() -> figures.orderedStream().toList(), meters);
        return new RepeatedTask("reading of figures", Duration.ZERO, settings.readEvery(), reading::read);
    }
}
