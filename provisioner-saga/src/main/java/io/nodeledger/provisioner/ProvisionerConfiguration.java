package io.nodeledger.provisioner;

import io.nodeledger.base.aggregate.Aggregates;
import io.nodeledger.model.node.Node;
import io.nodeledger.model.node.ObservationRecorder;
import io.nodeledger.model.node.OutcomeRecorder;
import io.nodeledger.model.transition.PlanTransition;
import io.nodeledger.model.transition.TransitionRecorder;
import io.nodeledger.model.workspace.Workspace;
import io.nodeledger.provisioner.activity.ActivityConfiguration;
import io.nodeledger.provisioner.charging.ChargingConfiguration;
import io.nodeledger.provisioner.incident.IncidentConfiguration;
import io.nodeledger.provisioner.kubernetes.KubernetesConfiguration;
import io.nodeledger.provisioner.metrics.MetricsConfiguration;
import io.nodeledger.provisioner.observation.ObservationConfiguration;
import io.nodeledger.provisioner.observation.event.EventConfiguration;
import io.nodeledger.provisioner.operation.OperationConfiguration;
import io.nodeledger.provisioner.proxmox.ProxmoxConfiguration;
import io.nodeledger.provisioner.reconciliation.ReconciliationConfiguration;
import io.nodeledger.provisioner.region.RegionsSettings;
import io.nodeledger.provisioner.telemetry.TelemetryConfiguration;
import io.nodeledger.provisioner.transition.TransitionConfiguration;
import org.axonframework.modelling.command.Repository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything that the write door for machines consists of. */
@Configuration(proxyBeanMethods = false)
@Aggregates({Workspace.class, Node.class, PlanTransition.class})
@EnableConfigurationProperties(RegionsSettings.class)
@Import({
    OperationConfiguration.class,
    ActivityConfiguration.class,
    ProxmoxConfiguration.class,
    KubernetesConfiguration.class,
    ReconciliationConfiguration.class,
    ObservationConfiguration.class,
    EventConfiguration.class,
    TelemetryConfiguration.class,
    IncidentConfiguration.class,
    ChargingConfiguration.class,
    TransitionConfiguration.class,
    MetricsConfiguration.class
})
public class ProvisionerConfiguration {
    @Bean
    OutcomeRecorder outcomeRecorder(Repository<Node> nodes, Repository<Workspace> workspaces) {
        return new OutcomeRecorder(nodes, workspaces);
    }

    @Bean
    ObservationRecorder observationRecorder(Repository<Node> nodes, Repository<Workspace> workspaces) {
        return new ObservationRecorder(nodes, workspaces);
    }

    @Bean
    TransitionRecorder transitionRecorder(Repository<PlanTransition> transitions, Repository<Workspace> workspaces) {
        return new TransitionRecorder(transitions, workspaces);
    }
}
