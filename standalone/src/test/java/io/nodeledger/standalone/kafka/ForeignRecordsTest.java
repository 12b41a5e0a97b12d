package io.nodeledger.standalone.kafka;

import static org.awaitility.Awaitility.await;

import io.nodeledger.webhook.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Others write to the topic what is no event of ours. */
class ForeignRecordsTest {
    private static final String WEBHOOKS = "/api/v1/workspaces/ws-1/nodes/webhooks";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void webhooksAndReplaysPassThemOver() throws Exception {
        try (var world = new RelayWorld();
                var receiver = new Receiver()) {
            world.startInstance();
            try (var api = world.api("ws-1")) {
                // given
                String id = api.post(WEBHOOKS, Map.of("url", receiver.url("/all")))
                        .expect("create", 201)
                        .data()
                        .path("id")
                        .asString();
                world.append(ToldLives.provisioned("node-before"));
                await().atMost(PATIENCE).until(() -> receiver.idsAt("/all").containsAll(ids(world, "node-before")));

                // when
                writeForeignRecords(world.bootstrapServers());
                world.append(ToldLives.provisioned("node-after"));

                // then
                await().atMost(PATIENCE).until(() -> receiver.idsAt("/all").containsAll(ids(world, "node-after")));
                api.post(WEBHOOKS + "/" + id + "/replay", Map.of("from_position", 0))
                        .expect("replay", 202);
                await().atMost(PATIENCE).until(() -> receiver.at("/all").size() == 10);
                await().atMost(PATIENCE).until(() -> world.count("select count(*) from webhook.replay") == 0);
            }
        }
    }

    private static void writeForeignRecords(String bootstrapServers) {
        String structured = """
                {"specversion": "1.0", "id": "x", "type": "node.started", "source": "/x", "subject": "node-x",
                 "time": "2026-01-01T00:00:00Z", "workspaceid": "ws-1", "position": 1000000, "data": {}}""";
        try (var producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int partition = 0;
                    partition < producer.partitionsFor(Topics.LIFECYCLE).size();
                    partition++) {
                send(producer, partition, "no event at all", List.of());
                send(producer, partition, null, List.of());
                send(producer, partition, null, binary("node.started"));
                send(producer, partition, structured, List.of(header("content-type", "application/cloudevents+json")));
                send(producer, partition, "{}", binary("node.\u0000"));
            }
            // Somebody's own event, twice and not the same: it is told once.
            List<Header> twin = new ArrayList<>(binary("node.started"));
            twin.add(header("ce_sequence", "0000000000000000001"));
            send(producer, 0, "{\"first\": true}", twin);
            send(producer, 0, "{\"first\": false}", twin);
        }
    }

    private static List<Header> binary(String type) {
        return List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", "evt-foreign"),
                header("ce_type", type),
                header("ce_source", "/x"),
                header("ce_subject", "node-x"),
                header("ce_time", "2026-01-01T00:00:00Z"),
                header("ce_workspaceid", "ws-1"),
                header("ce_position", "1000000"));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(
            KafkaProducer<String, byte[]> producer, int partition, @Nullable String value, List<Header> headers) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(Topics.LIFECYCLE, partition, "key", bytes, headers));
    }

    private static List<String> ids(RelayWorld world, String node) {
        return Objects.requireNonNull(world.appended.get(node));
    }
}
