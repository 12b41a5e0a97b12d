package io.nodeledger.provisioner.charging;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.base.eventstore.Positions;
import java.time.Duration;
import java.time.InstantSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts charging together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChargingSettings.class)
public class ChargingConfiguration {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** It ends when its rounds have been stopped. */
    @Bean(destroyMethod = "end")
    DailyCharge dailyCharge(
            ChargingSettings settings,
            JdbcClient jdbc,
            Positions positions,
            CommandGateway commands,
            InstantSource clock) {
        return DailyCharge.of(jdbc, positions, PATIENCE, commands, settings, clock);
    }

    @Bean
    ChargeFigures chargeFigures(JdbcClient jdbc, ChargingSettings settings, InstantSource clock, MeterRegistry meters) {
        return new ChargeFigures(jdbc, settings.chargeAfter(), clock, meters);
    }

    @Bean
    RepeatedTask dailyCharges(DailyCharge charge, ChargingSettings settings) {
        return new RepeatedTask("daily charge of workspaces", settings.checkInterval(), charge::look);
    }

    @Bean
    RepeatedTask unpaidStops(ChargingSettings settings, JdbcClient jdbc, CommandGateway commands, InstantSource clock) {
        var stops = new UnpaidStops(jdbc, commands, settings, clock);
        return new RepeatedTask("stop of unpaid nodes", settings.checkInterval(), stops::look);
    }
}
