package io.nodeledger.command.waiting;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.eventstore.StoredEvents;
import io.nodeledger.base.wakeup.Wakeups;
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
            JdbcClient sql, StoredEvents events, Wakeups wakeups, WaitSettings settings, MeterRegistry meters) {
        var waits = new OperationWaits(new NewEvents(sql, events), wakeups, settings);
        Gauge.builder("nodeledger.waits.open", waits, OperationWaits::waiting)
                .description("Requests that are held until something has happened, by kind")
                .tag("kind", "operation")
                .register(meters);
        return waits;
    }
}
