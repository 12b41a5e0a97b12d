package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.webhook.kafka.Topics;
import io.nodeledger.webhook.relay.TopicCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A cluster over TLS that asks who comes: with the settings that an operator would write, and with wrong ones. */
class SecuredKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WEBHOOKS = "/api/v1/workspaces/ws-1/nodes/webhooks";

    @TempDir
    private Path home;

    @Test
    void withAWrongPasswordHealthSaysSoAndWithTheRightOneEverythingArrives() throws Exception {
        var broker = SecuredBroker.in(home);
        try (var world = new RelayWorld(broker.properties());
                var receiver = new Receiver()) {
            broker.admit(world.bootstrapServers());

            // given an instance that is not let in
            world.startInstance(SecuredBroker.settings(broker.client("wrong")));
            JsonNode webhook;
            try (var api = world.api("ws-1")) {
                webhook = create(api, receiver.url("/all"));
            }
            world.append(ToldLives.provisioned("node-1"));
            for (String part : List.of("cluster", "relay-lifecycle", "relay-state", "webhooks")) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(world.health("kafka")
                                        .body()
                                        .at("/details/" + part)
                                        .asString())
                                .contains("Authentication failed"));
            }
            assertThat(world.health("kafka").status()).isEqualTo(503);
            assertThat(segmentsThatWait(world, "relay-lifecycle")).isPositive();
            assertThat(world.health("readiness").status()).isEqualTo(200);
            world.append(ToldLives.switched("node-1", 2));

            // when
            world.stopOldestInstance();
            world.startInstance(SecuredBroker.settings(broker.client()));
            world.append(ToldLives.deleted("node-1"));

            // then
            var ids = Objects.requireNonNull(world.appended.get("node-1"));
            try (var topic = Topic.lifecycle(client(world, broker))) {
                topic.until(records -> Topic.ids(records).equals(ids));
            }
            isGone(world, broker);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.idsAt("/all")).isEqualTo(ids));
            receiver.at("/all").getFirst().verify(webhook.path("secret").asString());
            await().atMost(PATIENCE).untilAsserted(() -> isWell(world));
            world.bean(TopicCheck.class).look();
            assertThat(world.missing()).isEmpty();
            assertThat(world.count("select count(*) from webhook.topic_check where position > 0"))
                    .isEqualTo(1);

            await().atMost(PATIENCE).until(() -> segmentsThatWait(world, "relay-lifecycle") == 0);

            // and what reads the topic anew gets it, too
            try (var api = world.api("ws-1")) {
                api.post(WEBHOOKS + "/" + webhook.path("id").asString() + "/replay", Map.of("from_position", 0))
                        .expect("replay", 202);
                await().atMost(PATIENCE).until(() -> receiver.at("/all").size() == 2 * ids.size());
            }
        }
    }

    @Test
    void aPasswordThatIsChangedInItsFileIsUsedWithoutARestart() throws Exception {
        var broker = SecuredBroker.in(home);
        Path secrets = Files.createDirectory(home.resolve("secrets"));
        Path jaas = secrets.resolve("nodeledger.kafka.client.sasl.jaas.config");
        try (var world = new RelayWorld(broker.properties())) {
            broker.admit(world.bootstrapServers());
            var client = new HashMap<>(broker.client());
            Files.writeString(jaas, Objects.requireNonNull(client.remove("sasl.jaas.config")));
            var settings = new ArrayList<>(List.of(SecuredBroker.settings(client)));
            settings.add("--spring.config.import=classpath:nodeledger-web.properties,configtree:" + secrets + "/");
            world.startInstance(settings.toArray(String[]::new));
            world.append(ToldLives.provisioned("node-1"));
            toldAll(world, broker.client());

            // when the password is another one, and every connection has to be made anew
            broker.changePassword(world.bootstrapServers(), "another");
            Files.writeString(
                    jaas, Objects.requireNonNull(broker.client("another").get("sasl.jaas.config")));
            world.stopKafka();
            world.startKafka();
            world.append(ToldLives.deleted("node-1"));

            // then
            toldAll(world, broker.client("another"));
            isGone(world, broker);
            await().atMost(PATIENCE).untilAsserted(() -> isWell(world));
        }
    }

    @Test
    void readersReadAndDoNothingElse() throws Exception {
        var broker = SecuredBroker.in(home);
        try (var world = new RelayWorld(broker.properties())) {
            broker.admit(world.bootstrapServers());
            broker.admitReader(world.bootstrapServers(), "billing", "billing-group");
            world.startInstance(SecuredBroker.settings(broker.client()));
            world.append(ToldLives.provisioned("node-1"));

            var client = new HashMap<String, Object>(broker.reader("billing"));
            client.put("bootstrap.servers", world.bootstrapServers());
            client.put("group.id", "billing-group");
            client.put("auto.offset.reset", "earliest");
            try (var reader = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                reader.subscribe(List.of(Topics.LIFECYCLE, Topics.STATE));
                var topics = new HashSet<String>();
                await().atMost(PATIENCE).until(() -> {
                    reader.poll(Duration.ofMillis(100)).forEach(read -> topics.add(read.topic()));
                    return topics.size() == 2;
                });
                reader.commitSync();
            }
            try (var writer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
                var written = writer.send(new ProducerRecord<>(Topics.LIFECYCLE, new byte[0]));
                assertThatThrownBy(() -> written.get(1, TimeUnit.MINUTES))
                        .hasCauseInstanceOf(AuthorizationException.class);
            }
        }
    }

    /** That the node is deleted is the last that its topic of states says; transactions tell it. */
    private static void isGone(RelayWorld world, SecuredBroker broker) {
        try (var states = Topic.states(broker.root(world.bootstrapServers()))) {
            states.until(records -> !records.isEmpty() && records.getLast().value() == null);
        }
    }

    private static void isWell(RelayWorld world) throws Exception {
        var health = world.health("kafka");
        assertThat(health.status()).as("%s", health.body()).isEqualTo(200);
    }

    private static void toldAll(RelayWorld world, Map<String, String> as) {
        var client = new HashMap<String, Object>(as);
        client.put("bootstrap.servers", world.bootstrapServers());
        var ids = Objects.requireNonNull(world.appended.get("node-1"));
        try (var topic = Topic.lifecycle(client)) {
            topic.until(records -> Topic.ids(records).equals(ids));
        }
    }

    @Test
    void settingsThatNoClientCanBeMadeOfAreRefusedAtTheStart() throws Exception {
        var broker = SecuredBroker.in(home);
        try (var world = new RelayWorld(broker.properties())) {
            var client = new HashMap<>(broker.client());
            client.put("ssl.truststore.location", home.resolve("absent.pem").toString());

            assertThatThrownBy(() -> world.startInstance(SecuredBroker.settings(client)))
                    .rootCause()
                    .hasMessageContaining("absent.pem");
            assertThatThrownBy(() -> world.startInstance(SecuredBroker.settings(client)))
                    .hasStackTraceContaining("nodeledger.kafka.client.* is of no use");
        }
    }

    private static JsonNode create(Api api, String url) throws Exception {
        return api.post(WEBHOOKS, Map.of("url", url)).expect("create", 201).data();
    }

    private static Map<String, Object> client(RelayWorld world, SecuredBroker broker) {
        var client = new HashMap<String, Object>(broker.client());
        client.put("bootstrap.servers", world.bootstrapServers());
        return client;
    }

    private static double segmentsThatWait(RelayWorld world, String relay) {
        return world.bean(MeterRegistry.class)
                .get("nodeledger.relay.waiting")
                .tag("processor", relay)
                .gauge()
                .value();
    }
}
