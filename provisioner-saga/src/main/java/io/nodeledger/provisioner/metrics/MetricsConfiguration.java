package io.nodeledger.provisioner.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.provisioner.observation.ObservationSettings;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The figures of the write door for machines. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {
    @Bean
    OperationFigures operationFigures(JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
        return new OperationFigures(jdbc, clock, meters);
    }

    @Bean
    ActivityFigures activityFigures(JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
        return new ActivityFigures(jdbc, clock, meters);
    }

    @Bean
    StageFigures stageFigures(JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
        return new StageFigures(jdbc, clock, meters);
    }

    @Bean
    RegionFigures regionFigures(
            JdbcClient jdbc,
            RegionsSettings settings,
            ObservationSettings observation,
            InstantSource clock,
            MeterRegistry meters) {
        var regions =
                settings.regions().stream().map(RegionsSettings.Region::id).collect(Collectors.toUnmodifiableSet());
        return new RegionFigures(jdbc, regions, observation.observationInterval(), clock, meters);
    }
}
