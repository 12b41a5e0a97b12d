package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.webhook.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Webhooks start after all instances were away, and somebody forgot meanwhile how far they had come. */
class ForgottenOffsetsTest {
    private static final String WEBHOOKS = "/api/v1/workspaces/ws-1/nodes/webhooks";
    private static final String GROUP = "nodeledger-webhooks";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RelayWorld world;
    private static Receiver receiver;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        world = new RelayWorld();
        receiver = new Receiver();
        world.startInstance();
        try (var api = world.api("ws-1")) {
            api.post(WEBHOOKS, Map.of("url", receiver.url("/all"))).expect("create", 201);
        }
        var properties = new Properties();
        properties.put("bootstrap.servers", world.bootstrapServers());
        admin = Admin.create(properties);
    }

    @AfterAll
    static void stop() throws Exception {
        admin.close();
        receiver.close();
        world.close();
    }

    @Test
    void whatKafkaForgotIsNotQueuedAnew() throws Exception {
        append("node-before-forgetting");

        world.stopOldestInstance();
        forgetDeliveries();
        admin.deleteConsumerGroups(List.of(GROUP)).all().get();
        world.startInstance();
        append("node-after-forgetting");

        assertThat(queued()).isEqualTo(2);
    }

    @Test
    void whatTheDatabaseDoesNotKnowYetIsTakenFromKafka() throws Exception {
        append("node-before-upgrade");
        await().atMost(PATIENCE).until(() -> committed() == kept());

        world.stopOldestInstance();
        forgetDeliveries();
        world.sql("delete from webhook.topic_offset");
        world.startInstance();
        append("node-after-upgrade");

        assertThat(queued()).isEqualTo(2);
        assertThat(world.count("select count(*) from webhook.topic_offset")).isEqualTo(12);
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning() throws Exception {
        append("node-of-the-former-topic");

        world.stopOldestInstance();
        admin.deleteTopics(List.of(Topics.LIFECYCLE)).all().get();
        world.startInstance();

        append("node-of-the-topic-made-anew");
    }

    @Test
    void whereTheTopicNoLongerHasWhatWasNextItIsReadFromItsBeginning() throws Exception {
        append("node-before-truncation");

        world.stopOldestInstance();
        forgetDeliveries();
        world.sql("update webhook.topic_offset set next_offset = next_offset + 1000000");
        world.startInstance();
        append("node-after-truncation");

        await().atMost(PATIENCE).until(() -> queuedOf("node-before-truncation") == 2);
        assertThat(world.count("select max(next_offset) from webhook.topic_offset"))
                .isLessThan(1000000);
    }

    /** Appends a node's beginning and waits for it to arrive. */
    private static void append(String node) {
        world.append(ToldLives.provisioned(node));
        await().atMost(PATIENCE)
                .until(() -> receiver.idsAt("/all").containsAll(Objects.requireNonNull(world.appended.get(node))));
    }

    private static long committed() throws Exception {
        var offsets = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.values().stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private static long kept() throws Exception {
        Uuid topic = admin.describeTopics(List.of(Topics.LIFECYCLE))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .topicId();
        return world.count("select sum(next_offset) from webhook.topic_offset where topic_id = '" + topic + "'");
    }

    /** As it happens to those that are old. */
    private static void forgetDeliveries() {
        world.sql("delete from webhook.delivery");
        world.sql("delete from webhook.message");
    }

    private static long queued() {
        return world.count("select count(*) from webhook.delivery");
    }

    private static long queuedOf(String node) {
        return world.count("select count(*) from webhook.message where node_id = '" + node + "'");
    }
}
