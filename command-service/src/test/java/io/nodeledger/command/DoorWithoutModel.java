package io.nodeledger.command;

import static org.mockito.Mockito.mock;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.catalogue.CatalogueAutoConfiguration;
import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.dispatch.CommandFailures;
import io.nodeledger.base.idempotency.RepeatableCalls;
import io.nodeledger.base.security.SecurityBaseAutoConfiguration;
import io.nodeledger.base.settings.ClockAutoConfiguration;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.base.web.WebBaseAutoConfiguration;
import io.nodeledger.command.provisioning.ProvisioningController;
import io.nodeledger.command.removal.RemovalController;
import io.nodeledger.command.stock.HeldPlace;
import io.nodeledger.command.waiting.OperationWaits;
import io.nodeledger.command.workspace.CreditsController;
import io.nodeledger.command.workspace.WorkspacesController;
import java.time.Clock;
import java.util.Map;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The write door over a command gateway that the test answers for. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KnownRegions.class)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    ServletWebSecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class,
    ClockAutoConfiguration.class,
    WebBaseAutoConfiguration.class,
    SecurityBaseAutoConfiguration.class,
    CatalogueAutoConfiguration.class
})
class DoorWithoutModel {
    @Bean
    CommandGateway gateway() {
        return mock(CommandGateway.class);
    }

    @Bean
    CommandDispatch dispatch(CommandGateway gateway) {
        return new CommandDispatch(gateway, mock(RepeatableCalls.class));
    }

    @Bean
    CommandFailures failures() {
        return new CommandFailures();
    }

    @Bean
    ProvisioningController provisioning(
            RequestBodyReader bodies, Catalogue plans, KnownRegions regions, CommandDispatch dispatch, Clock clock) {
        return new ProvisioningController(
                bodies,
                plans,
                regions,
                _ -> Map.of(),
                (_, _) -> HeldPlace.unlimited(),
                dispatch,
                mock(OperationWaits.class),
                _ -> 600,
                clock);
    }

    @Bean
    RemovalController removal(CommandDispatch dispatch, Clock clock) {
        return new RemovalController(dispatch, mock(OperationWaits.class), _ -> 60, clock);
    }

    @Bean
    WorkspacesController workspaces(
            RequestBodyReader bodies, Catalogue plans, KnownRegions regions, CommandDispatch dispatch, Clock clock) {
        return new WorkspacesController(bodies, plans, regions, dispatch, clock);
    }

    @Bean
    CreditsController credits(RequestBodyReader bodies, CommandDispatch dispatch, Clock clock) {
        return new CreditsController(bodies, dispatch, clock);
    }
}
