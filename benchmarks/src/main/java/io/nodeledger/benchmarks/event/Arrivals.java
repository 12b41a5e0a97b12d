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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** When events come by both ways: a consumer of the topic and a webhook's server, which may be a moody one. */
final class Arrivals implements AutoCloseable {
    /** By event id, in nanoseconds of this JVM's clock. */
    final Map<String, Long> onTopic = new ConcurrentHashMap<>();

    final Map<String, Long> atWebhook = new ConcurrentHashMap<>();

    /** Ids as they came first, by node. */
    final Map<String, List<String>> topicByNode = new ConcurrentHashMap<>();

    final Map<String, List<String>> webhookByNode = new ConcurrentHashMap<>();

    private static final double FAILS = 0.05;
    private static final double IS_SLOW = 0.02;
    private static final Duration SLOW = Duration.ofMillis(1_500);

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private volatile boolean open = true;

    /** @param moody whether the webhook's server fails now and then at first, and takes its time */
    Arrivals(String bootstrapServers, boolean moody) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                boolean accepts = !moody || id == null || isInTheMood(id);
                if (accepts && id != null && atWebhook.putIfAbsent(id, System.nanoTime()) == null) {
                    keep(webhookByNode, nodeOf(body), id);
                }
                exchange.sendResponseHeaders(accepts ? 204 : 503, -1);
            }
        });
        server.start();
        var _ = Thread.ofPlatform().daemon().start(() -> read(bootstrapServers));
    }

    /** An event that it has not accepted it accepts the next time. */
    private boolean isInTheMood(String id) {
        var random = ThreadLocalRandom.current();
        if (random.nextDouble() < IS_SLOW) {
            LockSupport.parkNanos(SLOW.toNanos());
        }
        return random.nextDouble() >= FAILS || !refused.add(id);
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
