package io.nodeledger.benchmarks.event;

import com.sun.net.httpserver.HttpServer;
import io.nodeledger.webhook.kafka.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** When events come by both ways: a consumer of the topic and a webhook's server. */
final class Arrivals implements AutoCloseable {
    /** By event id, in nanoseconds of this JVM's clock. */
    final Map<String, Long> onTopic = new ConcurrentHashMap<>();

    final Map<String, Long> atWebhook = new ConcurrentHashMap<>();

    /** Ids as they came first, by node. */
    final Map<String, List<String>> topicByNode = new ConcurrentHashMap<>();

    final Map<String, List<String>> webhookByNode = new ConcurrentHashMap<>();

    private final HttpServer server;
    private volatile boolean open = true;

    Arrivals(String bootstrapServers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                if (id != null && atWebhook.putIfAbsent(id, System.nanoTime()) == null) {
                    keep(webhookByNode, nodeOf(body), id);
                }
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        var _ = Thread.ofPlatform().daemon().start(() -> read(bootstrapServers));
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    private void read(String bootstrapServers) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                "benchmark",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                1_000);
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.LIFECYCLE));
            while (open) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    String id = new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
                    if (onTopic.putIfAbsent(id, System.nanoTime()) == null) {
                        keep(topicByNode, record.key(), id);
                    }
                }
            }
        }
    }

    private static void keep(Map<String, List<String>> ids, String node, String id) {
        ids.computeIfAbsent(node, _ -> new CopyOnWriteArrayList<>()).add(id);
    }

    private static String nodeOf(byte[] body) {
        return JsonMapper.shared()
                .readTree(new String(body, StandardCharsets.UTF_8))
                .at("/data/node/id")
                .asString("");
    }

    @Override
    public void close() {
        open = false;
        server.stop(0);
    }
}
