package io.nodeledger.base.wakeup;

import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.base.settings.EventStoreSettings;
import io.nodeledger.base.settings.FreshSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Wake-ups within and between JVMs. */
@AutoConfiguration
@EnableConfigurationProperties({DatabaseSettings.class, EventStoreSettings.class})
public class WakeupAutoConfiguration {

    @Bean
    WakeupExchange wakeupExchange(FreshSettings fresh, EventStoreSettings settings) {
        return new WakeupExchange(fresh.of(DatabaseSettings.class), settings.poll());
    }

    @Bean
    Wakeups wakeups(WakeupExchange exchange) {
        return exchange.wakeups();
    }
}
