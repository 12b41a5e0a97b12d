package io.nodeledger.provisioner.proxmox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.settings.FreshSettings;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.EnsureSteps;
import io.nodeledger.provisioner.activity.JoinSeeds;
import io.nodeledger.provisioner.proxmox.backup.MachineBackups;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxHealth;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.placement.CapacitySampler;
import io.nodeledger.provisioner.proxmox.placement.JdbcMachineIds;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import io.nodeledger.provisioner.proxmox.placement.PlacementSettings;
import io.nodeledger.provisioner.proxmox.placement.RegionCapacity;
import io.nodeledger.provisioner.proxmox.placement.RegionRoom;
import io.nodeledger.provisioner.proxmox.step.MachineSteps;
import io.nodeledger.provisioner.region.CallWatch;
import io.nodeledger.provisioner.region.ProviderMeters;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the Proxmox driver together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RegionsSettings.class, PlacementSettings.class})
public class ProxmoxConfiguration {
    private static final Duration HEALTH_EVERY = Duration.ofSeconds(30);

    @Bean
    ProxmoxRegions proxmoxRegions(
            RegionsSettings settings, FreshSettings fresh, MeterRegistry meters, Tracing tracing) {
        var calls = new ProviderMeters(meters);
        return new ProxmoxRegions(
                settings,
                fresh.of(RegionsSettings.class),
                region -> new CallWatch(calls.of("proxmox", region), tracing));
    }

    @Bean
    MachineIds machineIds(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new JdbcMachineIds(jdbc, transactions);
    }

    @Bean
    RegionRoom regionRoom(PlacementSettings settings) {
        return new RegionRoom(settings);
    }

    @Bean
    EnsureSteps machineSteps(
            ProxmoxRegions regions,
            MachineIds ids,
            RegionRoom room,
            JoinSeeds seeds,
            @Qualifier("removeFromKubernetes") EnsureStep removeFromKubernetes) {
        return new EnsureSteps(MachineSteps.of(regions, ids, room, seeds, new ProviderTasks(), removeFromKubernetes));
    }

    @Bean
    MachineBackups machineBackups(ProxmoxRegions regions) {
        return new MachineBackups(regions);
    }

    @Bean
    CapacitySampler capacitySampler(
            ProxmoxRegions regions,
            MachineIds ids,
            RegionRoom room,
            PlacementSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        var capacity = new RegionCapacity(jdbc, new TransactionTemplate(transactions), ids, room);
        return new CapacitySampler(regions, capacity, settings.sampleEvery());
    }

    @Bean
    ProxmoxHealth proxmoxHealthIndicator(ProxmoxRegions regions, MeterRegistry meters) {
        var health = new ProxmoxHealth(regions, HEALTH_EVERY);
        regions.ids()
                .forEach(region -> Gauge.builder("nodeledger.provider.up", health, it -> it.up(region))
                        .description("Whether a region's provider answers as it should: 1 or 0")
                        .tag("provider", "proxmox")
                        .tag("region", region)
                        .register(meters));
        return health;
    }
}
