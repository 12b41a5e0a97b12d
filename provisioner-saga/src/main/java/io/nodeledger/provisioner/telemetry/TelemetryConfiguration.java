package io.nodeledger.provisioner.telemetry;

import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the sampling of machines together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TelemetrySettings.class)
public class TelemetryConfiguration {
    @Bean
    Telemetry telemetry(
            ProxmoxRegions regions,
            KubernetesRegions clusters,
            TelemetrySettings settings,
            InstallationSettings installation,
            DataSource dataSource,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock) {
        var transaction = new TransactionTemplate(transactions);
        var turns = new RegionTurns(jdbc, "telemetry", "sampler-" + UUID.randomUUID());
        var partitions = new Partitions(jdbc, transaction, settings);
        return new Telemetry(
                regions,
                clusters,
                new TelemetryTable(dataSource, transaction, turns, partitions, clock),
                turns,
                settings,
                clock,
                installation.soleInstance());
    }

    @Bean
    RepeatedTask telemetryUpkeep(TelemetrySettings settings, JdbcClient jdbc, PlatformTransactionManager transactions) {
        var transaction = new TransactionTemplate(transactions);
        var partitions = new Partitions(jdbc, transaction, settings);
        var upkeep = new TelemetryUpkeep(new Folding(jdbc, transaction, partitions), partitions, jdbc);
        return new RepeatedTask("upkeep of telemetry", settings.sampleInterval(), upkeep::look);
    }
}
