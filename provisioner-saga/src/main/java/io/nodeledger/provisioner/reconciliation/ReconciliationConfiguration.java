package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.base.messaging.ProcessorSettings;
import io.nodeledger.base.messaging.StreamingProcessors;
import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.provisioner.activity.NodeStreams;
import io.nodeledger.provisioner.charging.OverdueWorkspaces;
import io.nodeledger.provisioner.incident.OpenIncidents;
import io.nodeledger.provisioner.incident.OwnThresholds;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the reconciler together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconcilerSettings.class)
public class ReconciliationConfiguration {
    private static final String SCHEMA = "provisioner";
    private static final String PROCESSOR = "known-nodes";

    @Bean
    ConfigurerModule knownNodes(JdbcClient jdbc, StreamingProcessors processors) {
        return configurer -> {
            var axon = configurer.eventProcessing();
            processors.register(axon, ProcessorSettings.of(PROCESSOR, SCHEMA));
            axon.registerEventHandler(_ -> new KnownNodeProjection(
                            new KnownNodes(jdbc),
                            new OperationDurations(jdbc),
                            new OpenIncidents(jdbc),
                            new OwnThresholds(jdbc),
                            new OverdueWorkspaces(jdbc)))
                    .assignHandlerInstancesMatching(PROCESSOR, KnownNodeProjection.class::isInstance);
        };
    }

    @Bean
    Reconciler reconciler(
            ProxmoxRegions proxmox,
            KubernetesRegions kubernetes,
            JdbcClient jdbc,
            EventStore events,
            NodeStreams streams,
            CommandGateway commands,
            ReconcilerSettings settings,
            InstantSource clock) {
        var services = new Services(
                Tables.of(jdbc),
                new NodeReader(events),
                streams,
                new Reporter(commands, clock),
                new ProviderTasks(),
                settings,
                clock);
        return new Reconciler(proxmox, kubernetes, services);
    }

    @Bean
    ReconcilerRunner reconcilerRunner(
            Reconciler reconciler,
            ReconcilerSettings settings,
            InstallationSettings installation,
            DataSource dataSource) {
        return new ReconcilerRunner(reconciler, settings, installation, dataSource);
    }
}
