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
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** When events come by both ways: a consumer of the topic and a webhook's server. */
final class Arrivals implements AutoCloseable {
    /** By event id, in nanoseconds of this JVM's clock. */
    final Map<String, Long> onTopic = new ConcurrentHashMap<>();

    final Map<String, Long> atWebhook = new ConcurrentHashMap<>();

    private final HttpServer server;
    private volatile boolean open = true;

    Arrivals(String bootstrapServers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                if (id != null) {
                    atWebhook.putIfAbsent(id, System.nanoTime());
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
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> onTopic.putIfAbsent(
                                new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8),
                                System.nanoTime()));
            }
        }
    }

    @Override
    public void close() {
        open = false;
        server.stop(0);
    }
}
