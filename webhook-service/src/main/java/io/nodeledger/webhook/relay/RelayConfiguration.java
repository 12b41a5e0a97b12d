package io.nodeledger.webhook.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.base.eventstore.SettledEvents;
import io.nodeledger.base.eventstore.TokenStores;
import io.nodeledger.base.messaging.ProcessorLag;
import io.nodeledger.base.settings.FreshSettings;
import io.nodeledger.webhook.kafka.ClientCheck;
import io.nodeledger.webhook.kafka.KafkaHealth;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.TopicTestimony;
import io.nodeledger.webhook.kafka.Topics;
import java.time.Duration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The way of events to Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, RelaySettings.class})
public class RelayConfiguration {
    /** The processors' names: their tokens, their lag. */
    public static final String LIFECYCLE = "relay-lifecycle";

    public static final String STATE = "relay-state";

    static final String SCHEMA = "webhook";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    @Bean
    static SchemaMigration webhookSchema() {
        return SchemaMigration.of(SCHEMA, "classpath:db/webhook");
    }

    @Bean
    Topics topics(KafkaSettings settings, FreshSettings fresh, MeterRegistry meters) {
        ClientCheck.check(settings);
        var topics = new Topics(fresh.of(KafkaSettings.class));
        Gauge.builder("nodeledger.topics.unkept", topics, Topics::unkept)
                .description("Topics that may forget what they are told, and whose settings can't be changed")
                .register(meters);
        return topics;
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(Topics topics) {
        return new KafkaHealth(topics);
    }

    @Bean
    RepeatedTask looksAtKafka(KafkaHealth health, TopicWitness witness) {
        return new RepeatedTask("look at Kafka", Duration.ZERO, LOOK_EVERY, () -> {
            health.look();
            witness.listen();
        });
    }

    @Bean
    ToldOnce toldOnce(KafkaHealth health) {
        return new ToldOnce(health::waits);
    }

    /** Is heard before relays go on, which ask for it and so are called back later. */
    @Bean
    TopicWitness topicWitness(
            FreshSettings fresh,
            JdbcClient jdbc,
            Epochs epochs,
            PlatformTransactionManager transactions,
            KafkaHealth health) {
        var apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var witness = new TopicWitness(fresh.of(KafkaSettings.class), jdbc, epochs, apart, health::answers);
        health.whenBack(witness::listen);
        return witness;
    }

    @Bean
    TopicTestimony topicTestimony(TopicWitness witness) {
        return witness::hear;
    }

    @Bean
    Relay lifecycleRelay(
            Topics topics,
            TopicWitness witness,
            FreshSettings fresh,
            RelaySettings settings,
            EventStore store,
            SettledEvents events,
            TokenStores tokens,
            TransactionManager axonTransactions,
            KafkaHealth health,
            ObjectProvider<ProcessorLag> lag,
            MeterRegistry meters) {
        var notices = new BatchNotices(
                StreamRecords.ofNodes(store, settings.knownNodes()),
                StreamRecords.ofTransitions(store, settings.knownNodes()));
        var kafka = fresh.of(KafkaSettings.class);
        Publisher.Source publishers = _ -> {
            // First what says why the cluster can't be used.
            topics.ensure();
            witness.hear();
            return LifecyclePublisher.of(kafka.get(), notices);
        };
        var relay = new Relay(
                LIFECYCLE,
                publishers,
                events,
                tokens.in(SCHEMA),
                axonTransactions,
                settings,
                health,
                lag.getIfAvailable());
        return measured(LIFECYCLE, relay, meters);
    }

    @Bean
    Relay stateRelay(
            Topics topics,
            TopicWitness witness,
            FreshSettings fresh,
            RelaySettings settings,
            EventStore store,
            SettledEvents events,
            TokenStores tokens,
            TransactionManager axonTransactions,
            PlatformTransactionManager transactions,
            KafkaHealth health,
            ObjectProvider<ProcessorLag> lag,
            MeterRegistry meters) {
        var nodes = StreamRecords.ofNodes(store, settings.knownNodes());
        var claims = new SegmentClaims(STATE, tokens.in(SCHEMA), transactions);
        var kafka = fresh.of(KafkaSettings.class);
        Publisher.Source publishers = segment -> {
            // First what says why the cluster can't be used.
            topics.ensure();
            witness.hear();
            return StatePublisher.of(kafka.get(), segment, nodes, claims);
        };
        var relay = new Relay(
                STATE, publishers, events, tokens.in(SCHEMA), axonTransactions, settings, health, lag.getIfAvailable());
        return measured(STATE, relay, meters);
    }

    private static Relay measured(String name, Relay relay, MeterRegistry meters) {
        Gauge.builder("nodeledger.relay.waiting", relay, Relay::waiting)
                .description("Segments of a relay that wait for Kafka")
                .tag("processor", name)
                .register(meters);
        return relay;
    }

    @Bean
    TopicCheck topicCheck(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Positions positions,
            FreshSettings fresh,
            MeterRegistry meters) {
        var check =
                new TopicCheck(jdbc, new TransactionTemplate(transactions), positions, fresh.of(KafkaSettings.class));
        Gauge.builder("nodeledger.relay.missing", check, TopicCheck::missing)
                .description("Events that the topic was found to lack")
                .register(meters);
        return check;
    }

    @Bean
    RepeatedTask comparisonOfTheTopic(TopicCheck check, RelaySettings settings) {
        return new RepeatedTask("comparison of the topic", settings.checkEvery(), check::look);
    }
}
