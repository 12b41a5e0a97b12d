package io.nodeledger.benchmarks.event;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The same work without anything of ours. */
final class BareClients {
    private static final int BYTES = 600;
    private static final int BATCH = 500;
    private static final int CONNECTIONS = 8;
    private static final String TOPIC = "bare";

    private BareClients() {}

    /** Makes the topic well before it is used. */
    static void prepare(String bootstrapServers) throws Exception {
        try (var admin =
                Admin.create(Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 12, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** Records a second of a producer that waits for each batch to be acknowledged. */
    static double producer(String bootstrapServers, int count) throws Exception {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                0);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            long begin = System.nanoTime();
            var sent = new ArrayList<Future<?>>();
            for (int i = 0; i < count; i++) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, "node-" + i / 100, new byte[BYTES])));
                if (sent.size() == BATCH) {
                    for (Future<?> acknowledged : sent) {
                        acknowledged.get();
                    }
                    sent.clear();
                }
            }
            for (Future<?> acknowledged : sent) {
                acknowledged.get();
            }
            return count * 1e9 / (System.nanoTime() - begin);
        }
    }

    /** Requests a second of as many callers as webhooks have for one endpoint. */
    static double http(String url, int count) throws Exception {
        try (var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            var done = new ArrayList<Future<?>>();
            for (int caller = 0; caller < CONNECTIONS; caller++) {
                done.add(callers.submit(() -> {
                    for (int i = 0; i < count / CONNECTIONS; i++) {
                        var request = HttpRequest.newBuilder(URI.create(url))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[BYTES]))
                                .build();
                        client.send(request, HttpResponse.BodyHandlers.discarding());
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
            return count * 1e9 / (System.nanoTime() - begin);
        }
    }
}
