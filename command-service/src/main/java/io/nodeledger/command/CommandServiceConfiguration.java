package io.nodeledger.command;

import io.nodeledger.base.aggregate.Aggregates;
import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.dispatch.DispatchConfiguration;
import io.nodeledger.base.idempotency.RepeatableCalls;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.command.capacity.CapacitySettings;
import io.nodeledger.command.capacity.CapacityView;
import io.nodeledger.command.capacity.ExpectedRoom;
import io.nodeledger.command.capacity.SampledCapacity;
import io.nodeledger.command.drift.DriftController;
import io.nodeledger.command.drift.HeldBackChanges;
import io.nodeledger.command.lifecycle.Estimates;
import io.nodeledger.command.lifecycle.LifecycleConfiguration;
import io.nodeledger.command.provisioning.ProvisioningController;
import io.nodeledger.command.removal.RemovalController;
import io.nodeledger.command.stock.CountedStock;
import io.nodeledger.command.stock.Stock;
import io.nodeledger.command.threshold.ThresholdsController;
import io.nodeledger.command.transition.NodeRates;
import io.nodeledger.command.transition.TransitionBeginnings;
import io.nodeledger.command.transition.TransitionController;
import io.nodeledger.command.waiting.OperationWaits;
import io.nodeledger.command.waiting.WaitConfiguration;
import io.nodeledger.command.workspace.CreditsController;
import io.nodeledger.command.workspace.WorkspacesController;
import io.nodeledger.model.node.Node;
import io.nodeledger.model.node.WorkspaceOperations;
import io.nodeledger.model.transition.PlanTransition;
import io.nodeledger.model.workspace.Workspace;
import java.time.Clock;
import org.axonframework.modelling.command.Repository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything of the write door for people; a service of its own or a part of the standalone program imports it. */
@Configuration(proxyBeanMethods = false)
@Aggregates({Workspace.class, Node.class, PlanTransition.class})
@EnableConfigurationProperties({KnownRegions.class, CapacitySettings.class})
@Import({DispatchConfiguration.class, WaitConfiguration.class, LifecycleConfiguration.class})
public class CommandServiceConfiguration {
    @Bean
    ExpectedRoom expectedRoom(JdbcClient sql, CapacitySettings settings, Clock clock) {
        return new ExpectedRoom(sql, settings, clock);
    }

    @Bean
    CapacityView capacityView(JdbcClient sql, CapacitySettings settings, ExpectedRoom expected, Clock clock) {
        return new SampledCapacity(sql, settings, expected, clock);
    }

    @Bean
    CountedStock stock(JdbcClient sql, Catalogue catalogue, ExpectedRoom expected, CapacitySettings settings) {
        return new CountedStock(sql, catalogue, expected, settings.refresh());
    }

    @Bean
    ProvisioningController provisioningController(
            RequestBodyReader bodies,
            Catalogue catalogue,
            KnownRegions regions,
            CapacityView capacity,
            Stock stock,
            CommandDispatch dispatch,
            OperationWaits waits,
            Estimates estimates,
            Clock clock) {
        return new ProvisioningController(
                bodies, catalogue, regions, capacity, stock, dispatch, waits, estimates, clock);
    }

    @Bean
    RemovalController removalController(
            CommandDispatch dispatch, OperationWaits waits, Estimates estimates, Clock clock) {
        return new RemovalController(dispatch, waits, estimates, clock);
    }

    @Bean
    WorkspaceOperations workspaceOperations(Repository<Node> nodes, Repository<Workspace> workspaces) {
        return new WorkspaceOperations(nodes, workspaces);
    }

    @Bean
    WorkspacesController workspacesController(
            RequestBodyReader bodies,
            Catalogue catalogue,
            KnownRegions regions,
            CommandDispatch dispatch,
            Clock clock) {
        return new WorkspacesController(bodies, catalogue, regions, dispatch, clock);
    }

    @Bean
    CreditsController creditsController(RequestBodyReader bodies, CommandDispatch dispatch, Clock clock) {
        return new CreditsController(bodies, dispatch, clock);
    }

    @Bean
    ThresholdsController thresholdsController(RequestBodyReader bodies, CommandDispatch dispatch, Clock clock) {
        return new ThresholdsController(bodies, dispatch, clock);
    }

    @Bean
    DriftController driftController(JdbcClient sql, RepeatableCalls calls, Clock clock) {
        return new DriftController(new HeldBackChanges(sql), calls, clock);
    }

    @Bean
    TransitionController transitionController(
            RequestBodyReader bodies,
            Catalogue catalogue,
            KnownRegions regions,
            CapacityView capacity,
            Stock stock,
            CommandDispatch dispatch,
            Estimates estimates,
            JdbcClient sql,
            Clock clock) {
        var beginnings = new TransitionBeginnings(capacity, stock, estimates, clock);
        return new TransitionController(bodies, catalogue, regions, beginnings, dispatch, new NodeRates(sql), clock);
    }
}
