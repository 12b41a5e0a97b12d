package io.nodeledger.provisioner.observation;

import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the observer of clusters together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ObservationSettings.class)
public class ObservationConfiguration {
    @Bean
    RegionTurns observersTurns(JdbcClient jdbc) {
        return new RegionTurns(jdbc, "observation", "observer-" + UUID.randomUUID());
    }

    @Bean
    ClusterObserver clusterObserver(
            ProxmoxRegions proxmox,
            KubernetesRegions kubernetes,
            ObservationSettings settings,
            InstallationSettings installation,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            RegionTurns observersTurns,
            InstantSource clock) {
        var table = new ObservationTable(jdbc, new TransactionTemplate(transactions), observersTurns);
        return new ClusterObserver(
                proxmox, kubernetes, table, observersTurns, settings, clock, installation.soleInstance());
    }
}
