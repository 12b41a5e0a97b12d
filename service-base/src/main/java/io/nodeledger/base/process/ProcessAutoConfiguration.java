package io.nodeledger.base.process;

import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** How this process begins and ends. */
@AutoConfiguration
@EnableConfigurationProperties(ProcessSettings.class)
public class ProcessAutoConfiguration {
    @Bean
    DrainDelay drainDelay(ApplicationContext context, ProcessSettings settings) {
        return new DrainDelay(context, settings.drainDelay());
    }

    @Bean
    @ConditionalOnProperty("nodeledger.process.ports-file")
    Ports ports(ProcessSettings settings) {
        return new Ports(Objects.requireNonNull(settings.portsFile()));
    }

    @Bean
    @ConditionalOnProperty("nodeledger.process.supervisor")
    Supervision supervision(ProcessSettings settings) {
        return new Supervision(Objects.requireNonNull(settings.supervisor()));
    }
}
