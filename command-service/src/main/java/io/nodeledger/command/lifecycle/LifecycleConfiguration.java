package io.nodeledger.command.lifecycle;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.command.capacity.CapacityView;
import io.nodeledger.command.dispatch.CommandDispatch;
import io.nodeledger.command.waiting.OperationWaits;
import io.nodeledger.events.operation.OperationType;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the operations on nodes that exist. */
@Configuration(proxyBeanMethods = false)
public class LifecycleConfiguration {
    @Bean
    Estimates estimates() {
        return LifecycleConfiguration::usualSeconds;
    }

    @Bean
    LifecycleCalls lifecycleCalls(CommandDispatch dispatch, OperationWaits waits) {
        return new LifecycleCalls(dispatch, waits);
    }

    @Bean
    PowerController powerController(LifecycleCalls calls, Estimates estimates, Clock clock) {
        return new PowerController(calls, estimates, clock);
    }

    @Bean
    RetryController retryController(
            LifecycleCalls calls, Catalogue catalogue, CapacityView capacity, Estimates estimates, Clock clock) {
        return new RetryController(calls, catalogue, capacity, estimates, clock);
    }

    @Bean
    UpdateController updateController(
            RequestBodyReader bodies, LifecycleCalls calls, Estimates estimates, Clock clock) {
        return new UpdateController(bodies, calls, estimates, clock);
    }

    @Bean
    CancelController cancelController(JdbcClient jdbc, LifecycleCalls calls, Clock clock) {
        return new CancelController(new KnownOperations(jdbc), calls, clock);
    }

    private static long usualSeconds(OperationType type) {
        return switch (type) {
            case PROVISION -> Duration.ofMinutes(15).toSeconds();
            case DELETE, REBOOT -> Duration.ofMinutes(2).toSeconds();
            case START, STOP -> Duration.ofMinutes(1).toSeconds();
            case UPDATE -> 5;
        };
    }
}
