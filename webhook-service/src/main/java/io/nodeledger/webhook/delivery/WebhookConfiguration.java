package io.nodeledger.webhook.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.base.idempotency.RepeatableCalls;
import io.nodeledger.base.settings.FreshSettings;
import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.webhook.address.TargetRules;
import io.nodeledger.webhook.endpoint.EndpointTable;
import io.nodeledger.webhook.kafka.KafkaHealth;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.TopicTestimony;
import io.nodeledger.webhook.kafka.Topics;
import io.nodeledger.webhook.secret.Secrets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The way of events from the topic to webhook endpoints. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
public class WebhookConfiguration {
    private static final Duration REPLAY_LEASE = Duration.ofMinutes(1);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(2);

    /** Who no other instance is, and no earlier life of this one. */
    private final String me = "webhooks-" + UUID.randomUUID();

    @Bean
    Lines deliveryLines(JdbcClient jdbc, PlatformTransactionManager transactions, DeliverySettings settings) {
        return new Lines(jdbc, new TransactionTemplate(transactions), settings.holdBack());
    }

    @Bean
    DeliveryQueue deliveryQueue(
            JdbcClient jdbc, Lines lines, PlatformTransactionManager transactions, Wakeups wakeups) {
        return new DeliveryQueue(jdbc, lines, new TransactionTemplate(transactions), wakeups);
    }

    @Bean
    DeliveryLog deliveryLog(JdbcClient jdbc) {
        return new DeliveryLog(jdbc);
    }

    @Bean
    Replays replays(JdbcClient jdbc) {
        return new Replays(jdbc, me, REPLAY_LEASE);
    }

    @Bean
    DeliveriesController deliveriesController(
            RequestBodyReader bodies,
            RepeatableCalls calls,
            EndpointTable endpoints,
            DeliveryLog log,
            DeliveryQueue queue,
            Replays replays,
            Epochs epochs,
            Clock clock,
            Tracing tracing) {
        return new DeliveriesController(bodies, calls, endpoints, log, queue, replays, epochs, clock, tracing);
    }

    @Bean
    KeptEvents keptEvents(Epochs epochs) {
        return new KeptEvents(epochs);
    }

    @Bean
    TopicConsumer webhookConsumer(
            FreshSettings fresh,
            Topics topics,
            TopicTestimony testimony,
            KeptEvents kept,
            EndpointTable endpoints,
            DeliveryQueue queue,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            KafkaHealth health,
            InstallationSettings installation) {
        return new TopicConsumer(
                fresh.of(KafkaSettings.class),
                topics,
                testimony,
                kept,
                endpoints,
                queue,
                new TopicOffsets(jdbc),
                new TransactionTemplate(transactions),
                health,
                installation.soleInstance());
    }

    @Bean
    Sender webhookSender(TargetRules rules, DeliverySettings settings, Clock clock) {
        return new Sender(rules, settings, clock);
    }

    @Bean
    EndpointHealth endpointHealth(
            JdbcClient jdbc, Lines lines, CommandGateway commands, DeliverySettings settings, Clock clock) {
        return new EndpointHealth(jdbc, lines, commands, settings.disableAfter(), clock);
    }

    @Bean
    Dispatcher webhookDispatcher(
            JdbcClient jdbc,
            Lines lines,
            Secrets secrets,
            Sender sender,
            EndpointHealth health,
            Wakeups wakeups,
            DeliverySettings settings,
            MeterRegistry meters,
            Clock clock,
            Tracing tracing) {
        var ownership = new Ownership(jdbc, me, settings.lease());
        var attempts = new Attempts(
                sender, secrets, new RetrySchedule(new SecureRandom()), new AttemptMeters(meters), clock, tracing);
        return new Dispatcher(
                ownership,
                endpoint -> new Lane(endpoint, ownership, lines, attempts, health, wakeups, settings),
                wakeups,
                settings);
    }

    @Bean
    DeliveryFigures deliveryFigures(JdbcClient jdbc, MeterRegistry meters) {
        return new DeliveryFigures(jdbc, meters);
    }

    @Bean
    RepeatedTask removalOfLeftovers(JdbcClient jdbc) {
        return new RepeatedTask("removal of what endpoints have left", SWEEP_EVERY, new Leftovers(jdbc)::sweep);
    }

    @Bean
    RepeatedTask webhookReplays(
            FreshSettings fresh,
            TopicTestimony testimony,
            KeptEvents kept,
            EndpointTable endpoints,
            DeliveryQueue queue,
            Replays replays,
            DeliverySettings settings) {
        var reader = new ReplayReader(fresh.of(KafkaSettings.class), testimony, kept, endpoints, queue, replays);
        return new RepeatedTask("replays to webhooks", settings.poll(), reader::look);
    }

    @Bean
    RepeatedTask removalOfExpiredSecrets(Secrets secrets, Clock clock) {
        return new RepeatedTask(
                "removal of expired secrets", PURGE_EVERY, () -> secrets.removeExpired(clock.instant()));
    }

    @Bean
    RepeatedTask removalOfOldDeliveries(DeliveryLog log, DeliverySettings settings) {
        return new RepeatedTask("removal of old deliveries", PURGE_EVERY, () -> log.purge(settings.keptFor()));
    }
}
