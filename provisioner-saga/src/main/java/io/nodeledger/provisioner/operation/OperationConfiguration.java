package io.nodeledger.provisioner.operation;

import io.nodeledger.base.eventstore.SagaStores;
import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.base.messaging.ProcessorSettings;
import io.nodeledger.base.messaging.StreamingProcessors;
import io.nodeledger.provisioner.activity.Activities;
import io.nodeledger.provisioner.activity.ActivitySettings;
import io.nodeledger.provisioner.activity.HeldOperations;
import io.nodeledger.provisioner.activity.NodeStreams;
import java.time.InstantSource;
import org.axonframework.config.ConfigurerModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Registers the sagas with their processor, token and store in the service's own schema. */
@Configuration(proxyBeanMethods = false)
public class OperationConfiguration {
    private static final String SCHEMA = "provisioner";
    private static final String PROCESSOR = "operations";
    /** Small: a failing saga repeats the work of its batch. */
    private static final int BATCH = 50;

    @Bean
    SchemaMigration provisionerSchema() {
        return SchemaMigration.of(SCHEMA, "classpath:db/provisioner");
    }

    @Bean
    SagaRows sagaRows(JdbcClient jdbc) {
        return new SagaRows(jdbc);
    }

    @Bean
    StalledOperations stalledOperations(
            JdbcClient jdbc, HeldOperations held, ActivitySettings settings, InstantSource clock) {
        return new StalledOperations(jdbc, held, settings.stalledAfter(), clock);
    }

    @Bean
    OperationSupervisor operationSupervisor(
            HeldOperations held,
            StalledOperations stalled,
            SagaRows rows,
            NodeStreams nodes,
            Activities activities,
            PlatformTransactionManager transactions) {
        return new OperationSupervisor(held, stalled, rows, nodes, activities, new TransactionTemplate(transactions));
    }

    @Bean
    ConfigurerModule operationSagas(
            SagaStores sagas, SagaRows rows, HeldOperations held, StreamingProcessors processors) {
        return configurer -> {
            var axon = configurer.eventProcessing();
            processors.register(axon, ProcessorSettings.of(PROCESSOR, SCHEMA).withBatch(BATCH));
            axon.registerListenerInvocationErrorHandler(PROCESSOR, _ -> new SagaFailures(held));
            axon.registerSaga(
                            OperationSaga.class,
                            saga -> saga.configureSagaStore(_ -> new UnreadableSagas(sagas.in(SCHEMA), rows, held)))
                    .assignHandlerTypesMatching(PROCESSOR, OperationSaga.class::equals);
        };
    }
}
