package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.nodeledger.webhook.relay.TopicCheck;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happens to nodes, as a consumer of the topics sees it. */
class RelayTest {
    private static RelayWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = new RelayWorld();
        world.startInstance();
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @Test
    void everyLifecycleEventIsToldInItsNodesOrderAndNoStep() {
        // when
        for (int node = 0; node < 20; node++) {
            world.append(ToldLives.provisioned("node-" + node));
        }
        for (int node = 0; node < 20; node++) {
            world.append(ToldLives.switched("node-" + node, 5));
        }

        // then
        try (var topic = Topic.lifecycle(world.bootstrapServers())) {
            var records = topic.until(RelayTest::isComplete);
            assertThat(Topic.idsByKey(records)).containsExactlyInAnyOrderEntriesOf(world.appended);
            assertThat(records).hasSize(world.appendedEvents());
            assertThat(records)
                    .allSatisfy(
                            record -> assertThat(record.value().getSubject()).isEqualTo(record.key()));
        }
    }

    @Test
    void anEventSaysWhatHappenedToWhichNodeAndWho() {
        world.append(ToldLives.provisioned("node-told"));

        try (var topic = Topic.lifecycle(world.bootstrapServers())) {
            var record = topic.until(RelayTest::isComplete).stream()
                    .filter(it -> it.key().equals("node-told"))
                    .toList()
                    .getLast();
            var completed = record.value();
            assertThat(completed.getType()).isEqualTo("node.provisioning_completed");
            assertThat(completed.getSource()).hasToString("/api/v1/workspaces/ws-1/nodes");
            assertThat(completed.getTime()).hasToString("2026-01-01T00:01:30Z");
            assertThat(completed.getDataContentType()).isEqualTo("application/json");
            assertThat(completed.getExtension("partitionkey")).isEqualTo("node-told");
            assertThat(completed.getExtension("sequence")).isEqualTo("0000000000000000002");
            assertThat(completed.getExtension("traceparent")).asString().matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
            assertThat(new String(record.headers().lastHeader("traceparent").value(), StandardCharsets.US_ASCII))
                    .isEqualTo(completed.getExtension("traceparent"));
            assertThat(json(Objects.requireNonNull(completed.getData()).toBytes()))
                    .isEqualTo(JsonMapper.shared().readTree("""
                            {
                              "node": {
                                "id": "node-told", "name": "web-node-told", "workspace_id": "ws-1",
                                "plan_id": "plan-dedicated-4c8g", "provider": "proxmox", "region": "us-west-2",
                                "labels": {"team": "a"}
                              },
                              "operation_id": "task-node-told",
                              "before": {"status": "provisioning"},
                              "after": {"status": "running"},
                              "actor": {"id": "user-1", "type": "user", "role": "admin"},
                              "request_id": "req-1",
                              "details": {"kubernetes_node": "n"}
                            }"""));
        }
    }

    @Test
    void aNodesLastStateIsUnderItsKeyUntilItIsGone() {
        world.append(ToldLives.provisioned("node-state"));
        world.append(ToldLives.provisioned("node-state-too"));
        world.append(ToldLives.switched("node-state-too", 1).subList(0, 2));

        try (var topic = Topic.states(world.bootstrapServers())) {
            assertThat(status(last(topic, "node-state", "running"))).isEqualTo("running");
            assertThat(status(last(topic, "node-state-too", "stopped"))).isEqualTo("stopped");

            world.append(ToldLives.deleted("node-state"));

            topic.until(records ->
                    records.stream().anyMatch(record -> record.key().equals("node-state") && record.value() == null));
        }
    }

    @Test
    void whileKafkaIsAwayNothingIsLostAndAfterwardsEverythingComesInOrder() throws Exception {
        // given
        world.append(ToldLives.provisioned("node-outage"));
        try (var topic = Topic.lifecycle(world.bootstrapServers())) {
            topic.until(RelayTest::isComplete);
        }

        // when
        world.stopKafka();
        world.append(ToldLives.switched("node-outage", 3));
        world.append(ToldLives.provisioned("node-outage-too"));
        world.startKafka();
        world.append(ToldLives.deleted("node-outage-too"));

        // then
        try (var topic = Topic.lifecycle(world.bootstrapServers())) {
            assertThat(Topic.idsByKey(topic.until(RelayTest::isComplete)))
                    .containsExactlyInAnyOrderEntriesOf(world.appended);
        }
    }

    @Test
    void anInstanceThatTakesOverGoesOnWhereTheOtherOneWas() {
        // given
        world.startInstance();
        world.append(ToldLives.provisioned("node-taken-over"));
        world.append(ToldLives.switched("node-taken-over", 10));

        // when
        world.stopOldestInstance();
        world.append(ToldLives.deleted("node-taken-over"));
        world.append(ToldLives.provisioned("node-of-the-other"));

        // then
        try (var topic = Topic.lifecycle(world.bootstrapServers())) {
            assertThat(Topic.idsByKey(topic.until(RelayTest::isComplete)))
                    .containsExactlyInAnyOrderEntriesOf(world.appended);
        }
    }

    @Test
    void whatIsNotOnTheTopicIsFound() throws Exception {
        // given
        world.append(ToldLives.provisioned("node-lost"));
        try (var topic = Topic.lifecycle(world.bootstrapServers())) {
            topic.until(RelayTest::isComplete);
        }
        var check = world.bean(TopicCheck.class);
        check.look();
        assertThat(check.missing()).isZero();

        // when the store has an event that was never told
        String last = Objects.requireNonNull(world.appended.get("node-lost")).getLast();
        world.sql(
                "update eventstore.domain_event set event_identifier = 'evt-untold' where event_identifier = ?", last);
        world.sql("update webhook.topic_check set position = 0");
        check.look();

        // then
        assertThat(world.missing()).containsExactly("evt-untold");
        assertThat(check.missing()).isEqualTo(1);
        world.sql(
                "update eventstore.domain_event set event_identifier = ? where event_identifier = 'evt-untold'", last);
        world.sql("delete from webhook.missing_event");
    }

    private static boolean isComplete(List<ConsumerRecord<String, CloudEvent>> records) {
        return Topic.ids(records).size() == world.appendedEvents();
    }

    private static String last(Topic<String> topic, String node, String status) {
        var records = topic.until(read -> read.stream()
                .anyMatch(record -> record.key().equals(node)
                        && record.value() != null
                        && status(record.value()).equals(status)));
        return records.stream()
                .filter(record -> record.key().equals(node))
                .toList()
                .getLast()
                .value();
    }

    private static String status(String state) {
        return JsonMapper.shared().readTree(state).path("status").asString();
    }

    private static JsonNode json(byte[] data) {
        return JsonMapper.shared().readTree(new String(data, StandardCharsets.UTF_8));
    }
}
