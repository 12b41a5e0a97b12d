package io.nodeledger.base.dispatch;

import io.nodeledger.base.idempotency.IdempotencyConfiguration;
import io.nodeledger.base.idempotency.RepeatableCalls;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a service needs whose callers give commands. Several services in one JVM may import it. */
@Configuration(proxyBeanMethods = false)
@Import(IdempotencyConfiguration.class)
public class DispatchConfiguration {
    @Bean
    CommandDispatch commandDispatch(CommandGateway gateway, RepeatableCalls calls) {
        return new CommandDispatch(gateway, calls);
    }

    @Bean
    CommandFailures commandFailures() {
        return new CommandFailures();
    }
}
