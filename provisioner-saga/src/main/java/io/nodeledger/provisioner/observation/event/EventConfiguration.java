package io.nodeledger.provisioner.observation.event;

import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.observation.ObservationSettings;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the observer of events together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EventSettings.class, ObservationSettings.class})
public class EventConfiguration {
    @Bean
    EventObserver eventObserver(
            ProxmoxRegions proxmox,
            KubernetesRegions kubernetes,
            EventSettings settings,
            ObservationSettings observation,
            RegionTurns observersTurns,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock) {
        var table = new EventTable(jdbc, new TransactionTemplate(transactions), observersTurns);
        var regions = proxmox.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        ProxmoxRegion::id,
                        region ->
                                new RegionEvents(kubernetes.of(region.id()), table, observersTurns, settings, clock)));
        return new EventObserver(
                proxmox, regions, new ExpiredEvents(jdbc, settings.retention()), observation.observationInterval());
    }
}
