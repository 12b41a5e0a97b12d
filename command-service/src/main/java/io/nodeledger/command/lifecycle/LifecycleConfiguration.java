package io.nodeledger.command.lifecycle;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.command.capacity.CapacityView;
import io.nodeledger.command.observed.ObservedDurations;
import io.nodeledger.command.waiting.OperationWaits;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the operations on nodes that exist. */
@Configuration(proxyBeanMethods = false)
public class LifecycleConfiguration {
    @Bean
    ObservedDurations observedDurations(JdbcClient sql) {
        return new ObservedDurations(sql);
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
    CancelController cancelController(JdbcClient jdbc, LifecycleCalls calls, CommandDispatch dispatch, Clock clock) {
        return new CancelController(
                new KnownOperations(jdbc), calls, new TransitionCancellations(dispatch, clock), clock);
    }
}
