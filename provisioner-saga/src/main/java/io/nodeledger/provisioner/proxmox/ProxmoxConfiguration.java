package io.nodeledger.provisioner.proxmox;

import io.nodeledger.base.settings.FreshSettings;
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
    ProxmoxRegions proxmoxRegions(RegionsSettings settings, FreshSettings fresh) {
        return new ProxmoxRegions(settings, fresh.of(RegionsSettings.class));
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
    ProxmoxHealth proxmoxHealthIndicator(ProxmoxRegions regions) {
        return new ProxmoxHealth(regions, HEALTH_EVERY);
    }
}
