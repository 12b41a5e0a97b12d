package io.nodeledger.webhook.endpoint;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.aggregate.Aggregates;
import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.dispatch.DispatchConfiguration;
import io.nodeledger.base.settings.FreshSettings;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.model.webhook.WebhookEndpoint;
import io.nodeledger.webhook.address.TargetRules;
import io.nodeledger.webhook.delivery.DeliverySettings;
import io.nodeledger.webhook.secret.KeptSecrets;
import io.nodeledger.webhook.secret.SecretSeal;
import io.nodeledger.webhook.secret.SecretSettings;
import io.nodeledger.webhook.secret.Secrets;
import io.nodeledger.webhook.secret.SecretsHealth;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhook endpoints: their aggregate, their tables, their routes. */
@Configuration(proxyBeanMethods = false)
@Aggregates(WebhookEndpoint.class)
@EnableConfigurationProperties({SecretSettings.class, DeliverySettings.class})
@Import(DispatchConfiguration.class)
public class EndpointConfiguration {
    @Bean
    TargetRules targetRules(DeliverySettings settings) {
        return new TargetRules(settings.allowInsecureTargets(), host -> List.of(InetAddress.getAllByName(host)));
    }

    @Bean
    SecretSeal secretSeal(FreshSettings fresh) {
        return new SecretSeal(fresh.of(SecretSettings.class));
    }

    @Bean
    Secrets webhookSecrets(JdbcClient jdbc, SecretSeal seal) {
        return new Secrets(jdbc, seal);
    }

    @Bean
    SecretsHealth webhookSecretsHealthIndicator(Secrets secrets, Clock clock, MeterRegistry meters) {
        var health = new SecretsHealth(secrets, clock);
        Gauge.builder("nodeledger.webhooks.unreadable", health, SecretsHealth::endpoints)
                .description("Webhooks that nothing can be signed for, since no key opens their secrets")
                .register(meters);
        return health;
    }

    /** Axon's interceptor configuration registers it on the command bus. */
    @Bean
    KeptSecrets keptSecrets(Secrets secrets) {
        return new KeptSecrets(secrets);
    }

    @Bean
    EndpointTable webhookEndpoints(JdbcClient jdbc) {
        return new EndpointTable(jdbc);
    }

    /** Subscribed, not streaming: its rows are written by the transaction that appends the events. */
    @Bean(destroyMethod = "cancel")
    Registration webhookEndpointRows(EventStore events, JdbcClient jdbc, Secrets secrets) {
        return events.subscribe(new EndpointRows(jdbc, secrets));
    }

    @Bean
    EndpointsController endpointsController(
            RequestBodyReader bodies,
            CommandDispatch dispatch,
            EndpointTable endpoints,
            TargetRules rules,
            JdbcClient jdbc,
            EventStore events,
            SecretSeal seal,
            DeliverySettings settings,
            Clock clock) {
        return new EndpointsController(
                bodies,
                dispatch,
                endpoints,
                new EndpointFields(rules),
                new EndpointRoom(jdbc, events),
                seal,
                settings.secretGrace(),
                clock);
    }
}
