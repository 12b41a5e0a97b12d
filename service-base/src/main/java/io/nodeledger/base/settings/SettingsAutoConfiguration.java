package io.nodeledger.base.settings;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** Settings that may change while the service runs. */
@AutoConfiguration
public class SettingsAutoConfiguration {
    @Bean
    FreshSettings freshSettings(ConfigurableEnvironment environment) {
        return new FreshSettings(environment);
    }
}
