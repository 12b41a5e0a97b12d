package io.nodeledger.provisioner.operation;

import io.nodeledger.base.eventstore.SagaStores;
import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.base.messaging.ProcessorSettings;
import io.nodeledger.base.messaging.StreamingProcessors;
import org.axonframework.config.ConfigurerModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
    ConfigurerModule operationSagas(SagaStores sagas, StreamingProcessors processors) {
        return configurer -> {
            var axon = configurer.eventProcessing();
            processors.register(axon, ProcessorSettings.of(PROCESSOR, SCHEMA).withBatch(BATCH));
            axon.registerSaga(OperationSaga.class, saga -> saga.configureSagaStore(_ -> sagas.in(SCHEMA)))
                    .assignHandlerTypesMatching(PROCESSOR, OperationSaga.class::equals);
        };
    }
}
