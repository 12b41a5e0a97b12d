package io.nodeledger.command.waiting;

import io.nodeledger.base.wakeup.Wakeups;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What lets requests wait. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WaitSettings.class)
public class WaitConfiguration {
    @Bean
    OperationWaits operationWaits(
            JdbcClient sql, @Qualifier("eventSerializer") Serializer events, Wakeups wakeups, WaitSettings settings) {
        return new OperationWaits(new NewEvents(sql, events), wakeups, settings);
    }
}
