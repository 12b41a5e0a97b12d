package io.nodeledger.provisioner.incident;

import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.base.settings.ThresholdSettings;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.InstantSource;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the watch over nodes' health together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HealthCheckSettings.class, ThresholdSettings.class})
public class IncidentConfiguration {
    @Bean
    IncidentWatch incidentWatch(
            ProxmoxRegions regions,
            HealthCheckSettings settings,
            ThresholdSettings thresholds,
            InstallationSettings installation,
            EventStore events,
            CommandGateway commands,
            JdbcClient jdbc,
            InstantSource clock) {
        return new IncidentWatch(
                regions,
                new VitalSigns(jdbc),
                new IncidentReporter(events, commands, clock),
                new RegionTurns(jdbc, "incidents", "watch-" + UUID.randomUUID()),
                settings,
                thresholds,
                clock,
                installation.soleInstance());
    }
}
