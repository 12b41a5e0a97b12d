package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.nodeledger.testing.DatabaseBackup;
import io.nodeledger.webhook.kafka.Topics;
import io.nodeledger.webhook.relay.TopicCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A snapshot of the database's disk is put back: to PostgreSQL it looks as if nothing had happened. */
class TopicWitnessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String EPOCHS = "select count(*) from eventstore.epoch";

    @Test
    void whatWasToldOfALostHistoryOpensAnEpochAndIsNotMistakenForWhatComes() throws Exception {
        try (var world = new RelayWorld()) {
            // given
            tell(world, "node-kept");
            world.stopOldestInstance();
            var snapshot = DatabaseBackup.of(world.database());
            tell(world, "node-lost");
            world.stopOldestInstance();

            // when
            snapshot.restore();
            tellWhatIsNobodys(world);
            world.sql("update eventstore.epoch set home = eventstore.home()");
            world.startInstance();

            // then
            await().atMost(PATIENCE).until(() -> world.count(EPOCHS) == 2);
            assertThat(world.count(EPOCHS + " where number > 100000")).isZero();
            world.append(ToldLives.provisioned("node-fresh"));
            try (var topic = Topic.lifecycle(world.bootstrapServers())) {
                var told = topic.until(records -> isTold(records, "node-fresh"));
                for (String extension : List.of("sequence", "position")) {
                    assertThat(values(told, "node-fresh", extension))
                            .isNotEmpty()
                            .allMatch(value ->
                                    value > values(told, "node-lost", extension).getLast());
                }
            }
            world.bean(TopicCheck.class).look();
            assertThat(world.missing()).isEmpty();

            // and a further start finds nothing new in it
            world.stopOldestInstance();
            tell(world, "node-later");
            assertThat(world.count(EPOCHS)).isEqualTo(2);

            // and the topic of states that is made anew, as operators are told to, has only what there is
            world.stopOldestInstance();
            makeStatesAnew(world);
            try (var topic = Topic.states(world.bootstrapServers())) {
                var there = Set.of("node-kept", "node-fresh", "node-later");
                assertThat(keys(topic.until(records -> keys(records).containsAll(there))))
                        .isEqualTo(there);
            }
        }
    }

    @Test
    void webhooksAreNotToldALostHistoryAgain() throws Exception {
        try (var world = new RelayWorld();
                var receiver = new Receiver()) {
            // given
            world.startInstance();
            try (var api = world.api("ws-1")) {
                api.post("/api/v1/workspaces/ws-1/nodes/webhooks", Map.of("url", receiver.url("/all")))
                        .expect("create", 201);
            }
            world.append(ToldLives.provisioned("node-kept"));
            await().atMost(PATIENCE).until(() -> world.count(queuedOf("node-kept")) > 0);
            world.stopOldestInstance();
            var snapshot = DatabaseBackup.of(world.database());
            tell(world, "node-lost");
            world.stopOldestInstance();

            // when
            snapshot.restore();
            world.sql("update eventstore.epoch set home = eventstore.home()");
            world.startInstance();
            await().atMost(PATIENCE).until(() -> world.count(EPOCHS) == 2);
            world.append(ToldLives.provisioned("node-fresh"));

            // then
            await().atMost(PATIENCE).until(() -> world.count(queuedOf("node-fresh")) > 0);
            try (var topic = Topic.lifecycle(world.bootstrapServers())) {
                int records = topic.until(told -> isTold(told, "node-fresh")).size();
                await().atMost(PATIENCE)
                        .until(() -> world.count("select sum(next_offset) from webhook.topic_offset") >= records);
            }
            assertThat(world.count(queuedOf("node-lost"))).isZero();
        }
    }

    private static String queuedOf(String node) {
        return "select count(*) from webhook.message where node_id = '" + node + "'";
    }

    /** As if it were the last event of each partition, and of an epoch that is years ahead. */
    private static void tellWhatIsNobodys(RelayWorld world) throws Exception {
        var properties = Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, world.bootstrapServers());
        var headers = Map.of(
                "ce_specversion", "1.0",
                "ce_id", "evt-" + "0".repeat(26),
                "ce_type", "nobodys",
                "ce_source", "/api/v1/workspaces/nobodys",
                "ce_position", "0009999999999999999");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (PartitionInfo partition : producer.partitionsFor(Topics.LIFECYCLE)) {
                var record = new ProducerRecord<>(Topics.LIFECYCLE, partition.partition(), "nobody", "{}");
                headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(record).get();
            }
        }
    }

    private static void makeStatesAnew(RelayWorld world) throws Exception {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, world.bootstrapServers()))) {
            admin.deleteTopics(List.of(Topics.STATE)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(Topics.STATE));
        }
        world.sql("delete from webhook.token_entry where processor_name = 'relay-state'");
        world.startInstance();
    }

    private static Set<String> keys(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::key).collect(Collectors.toSet());
    }

    private static void tell(RelayWorld world, String node) {
        world.startInstance();
        world.append(ToldLives.provisioned(node));
        try (var topic = Topic.lifecycle(world.bootstrapServers())) {
            topic.until(records -> isTold(records, node));
        }
    }

    private static boolean isTold(List<ConsumerRecord<String, CloudEvent>> records, String node) {
        return records.stream()
                .anyMatch(record ->
                        record.key().equals(node) && record.value().getType().equals("node.provisioning_completed"));
    }

    private static List<Long> values(List<ConsumerRecord<String, CloudEvent>> records, String node, String extension) {
        return records.stream()
                .filter(record -> record.key().equals(node))
                .map(record -> Long.parseLong(String.valueOf(record.value().getExtension(extension))))
                .toList();
    }
}
