package io.nodeledger.provisioner.transition;

import io.nodeledger.base.messaging.ProcessorSettings;
import io.nodeledger.base.messaging.StreamingProcessors;
import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.provisioner.activity.NodeStreams;
import io.nodeledger.provisioner.activity.Restores;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.proxmox.backup.MachineBackups;
import io.nodeledger.provisioner.reconciliation.OperationDurations;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts together what works on transitions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TransitionSettings.class)
public class TransitionConfiguration {
    private static final String SCHEMA = "provisioner";
    private static final String PROCESSOR = "transitions";

    @Bean
    ConfigurerModule transitionIntake(JdbcClient jdbc, StreamingProcessors processors, InstantSource clock) {
        return configurer -> {
            var axon = configurer.eventProcessing();
            processors.register(axon, ProcessorSettings.of(PROCESSOR, SCHEMA));
            axon.registerEventHandler(services -> new TransitionIntake(
                            new RunningTransitions(jdbc),
                            new TransitionStreams(services.eventStore()),
                            new PartDurations(new OperationDurations(jdbc)),
                            new DirectedRegions(jdbc),
                            clock))
                    .assignHandlerInstancesMatching(PROCESSOR, TransitionIntake.class::isInstance);
        };
    }

    @Bean
    TransitionRunner transitionRunner(
            DataSource dataSource,
            EventStore events,
            NodeStreams nodeStreams,
            Restores restores,
            KubernetesRegions kubernetes,
            MachineBackups backups,
            DrainSettings drain,
            CommandGateway gateway,
            TransitionSettings settings,
            InstallationSettings installation,
            InstantSource clock) {
        var jdbc = JdbcClient.create(dataSource);
        var streams = new TransitionStreams(events);
        var commands = new PlatformCommands(gateway, streams);
        var nodes = new LiveNodes(jdbc, nodeStreams);
        var clusters = new Clusters(kubernetes, drain, nodes, new DirectedRegions(jdbc), clock);
        var movement = new Movement(clusters, new WorkloadTable(jdbc));
        var awaited = new AwaitNodes(nodes);
        List<StageWork> works = List.of(
                new AwaitWindow(settings.windowWait()),
                new ReserveNodes(new Membership(commands), clusters),
                awaited,
                new BackUpNodes(backups, nodes, settings.windowWait()),
                new Prepare(clusters),
                new Migrate(
                        new MigrateToDedicated(awaited, clusters, movement),
                        new MigrateToShared(clusters, movement, settings.windowWait())),
                new MoveBack(clusters, movement),
                new RemoveNodes(commands, nodes, restores, settings.drainTimeout()),
                new Conclude());
        String holder = "transition-" + UUID.randomUUID();
        var turns = new RegionTurns(jdbc, RunningTransitions.DUTY, holder);
        var driver = new TransitionDriver(
                new RunningTransitions(jdbc), streams, works, commands, turns, holder, settings, clock);
        return new TransitionRunner(driver, turns, settings.pollingInterval(), installation.soleInstance());
    }
}
