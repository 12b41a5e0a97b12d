package io.nodeledger.base.aggregate;

import io.nodeledger.base.eventstore.EventStoreAutoConfiguration;
import io.nodeledger.base.settings.EventStoreSettings;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Repositories and command handlers of the aggregates that the services of this JVM register. */
@AutoConfiguration(
        after = EventStoreAutoConfiguration.class,
        before = {AxonAutoConfiguration.class, InfraConfiguration.class})
public class AggregateAutoConfiguration {

    @Bean
    Repositories repositories(
            ObjectProvider<AggregateRegistration<?>> aggregates,
            EventStore events,
            TransactionManager transactions,
            EventStoreSettings settings,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers) {
        return new Repositories(aggregates.stream().toList(), events, transactions, settings, parameters, handlers);
    }

    @Bean
    Snapshotter aggregateSnapshotter(Repositories repositories) {
        return repositories.snapshotter();
    }

    @Bean
    ConfigurerModule registeredAggregates(Repositories repositories) {
        return configurer -> repositories.types().forEach(type -> configure(configurer, repositories, type));
    }

    private static <T> void configure(Configurer configurer, Repositories repositories, Class<T> type) {
        configurer.configureAggregate(
                AggregateConfigurer.defaultConfiguration(type).configureRepository(axon -> repositories.of(type)));
    }
}
