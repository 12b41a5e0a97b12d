package io.nodeledger.base.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.eventstore.EventStoreAutoConfiguration;
import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.TokenStores;
import io.nodeledger.base.settings.EventStoreSettings;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.base.wakeup.WakingEventStore;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolution;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The command side and the processors. Commands run on the caller's thread, a virtual one, which measured fastest; none
 * travels between processes.
 */
@AutoConfiguration(
        after = EventStoreAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
        before = {AxonAutoConfiguration.class, InfraConfiguration.class})
public class MessagingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(CorrelationDataProvider.class)
    Causation causation() {
        return new Causation();
    }

    @Bean
    DuplicateCommandHandlerResolver duplicateCommandHandlerResolver() {
        return DuplicateCommandHandlerResolution.rejectDuplicates();
    }

    @Bean
    @Qualifier("localSegment")
    SimpleCommandBus commandBus(
            TransactionManager transactions,
            DuplicateCommandHandlerResolver duplicates,
            ObjectProvider<CorrelationDataProvider> correlation,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<Tracing> tracing) {
        var builder = SimpleCommandBus.builder()
                .transactionManager(transactions)
                .duplicateCommandHandlerResolver(duplicates)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE);
        meters.ifAvailable(registry -> builder.messageMonitor(new CommandTimings(registry)));
        var bus = new TracedCommandBus(builder, tracing.getIfAvailable(() -> Tracing.NONE));
        bus.registerHandlerInterceptor(
                new CorrelationDataInterceptor<>(correlation.orderedStream().toList()));
        return bus;
    }

    @Bean
    ConflictRetry conflictRetry(EventStoreSettings settings) {
        return new ConflictRetry(settings);
    }

    @Bean
    CommandGateway commandGateway(CommandBus commands, ConflictRetry retry, ObjectProvider<Tracing> tracing) {
        var traces = tracing.getIfAvailable(() -> Tracing.NONE);
        MessageDispatchInterceptor<CommandMessage<?>> marking =
                _ -> (_, command) -> command.andMetaData(TracedCommandBus.sentWithin(traces));
        return DefaultCommandGateway.builder()
                .commandBus(commands)
                .dispatchInterceptors(List.of(marking))
                .retryScheduler(retry)
                .build();
    }

    @Bean
    StreamingProcessors streamingProcessors(
            TokenStores tokens, WakingEventStore events, ObjectProvider<MeterRegistry> meters) {
        return new StreamingProcessors(tokens, events, meters.getIfAvailable());
    }

    @Bean
    ConfigurerModule declaredProcessors(ObjectProvider<ProcessorSettings> declared, StreamingProcessors processors) {
        return configurer ->
                declared.stream().forEach(settings -> processors.register(configurer.eventProcessing(), settings));
    }

    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    ProcessorLag processorLag(
            MeterRegistry meters,
            EventProcessingModule processors,
            StreamingProcessors registered,
            Positions positions,
            DataSource dataSource,
            InstantSource clock) {
        return new ProcessorLag(meters, processors, registered, positions, JdbcClient.create(dataSource), clock);
    }

    /** A processor without a token store of its own would silently keep its position in memory. */
    @Bean
    ConfigurerModule noTokensInMemory() {
        return configurer -> configurer.registerComponent(TokenStore.class, config -> {
            throw new AxonConfigurationException(
                    "A processor has no token store: register it through StreamingProcessors with its module's schema");
        });
    }
}
