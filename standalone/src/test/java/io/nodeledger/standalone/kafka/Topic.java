package io.nodeledger.standalone.kafka;

import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.nodeledger.webhook.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic read from its beginning as any consumer would, lifecycle events by the CloudEvents library. */
public final class Topic<V> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<String, V> consumer;
    private final List<ConsumerRecord<String, V>> read = new ArrayList<>();

    private Topic(Map<String, Object> client, String name, Deserializer<V> values) {
        var properties = new HashMap<>(client);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values);
        // The topic is made when the first event comes.
        var partitions =
                await().atMost(PATIENCE).until(() -> consumer.partitionsFor(name), found -> !found.isEmpty()).stream()
                        .map(partition -> new TopicPartition(name, partition.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Lifecycle events. */
    public static Topic<CloudEvent> lifecycle(String bootstrapServers) {
        return lifecycle(at(bootstrapServers));
    }

    /** Lifecycle events, for a client with those properties. */
    static Topic<CloudEvent> lifecycle(Map<String, Object> client) {
        return new Topic<>(client, Topics.LIFECYCLE, new CloudEventDeserializer());
    }

    static Topic<String> states(String bootstrapServers) {
        return states(at(bootstrapServers));
    }

    static Topic<String> states(Map<String, Object> client) {
        return new Topic<>(client, Topics.STATE, new StringDeserializer());
    }

    private static Map<String, Object> at(String bootstrapServers) {
        return Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    /** Everything that was read by the time that the condition holds, in each partition's order. */
    public List<ConsumerRecord<String, V>> until(Predicate<List<ConsumerRecord<String, V>>> enough) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
            consumer.poll(Duration.ofMillis(50)).forEach(read::add);
            return enough.test(read);
        });
        return read;
    }

    /** The ids of events, each once, where it came first. */
    static List<String> ids(List<ConsumerRecord<String, CloudEvent>> records) {
        return records.stream().map(record -> record.value().getId()).distinct().toList();
    }

    /** The same by key. */
    public static Map<String, List<String>> idsByKey(List<ConsumerRecord<String, CloudEvent>> records) {
        var ids = new LinkedHashMap<String, List<String>>();
        for (var record : records) {
            var ofKey = ids.computeIfAbsent(Objects.requireNonNull(record.key()), _ -> new ArrayList<>());
            if (!ofKey.contains(record.value().getId())) {
                ofKey.add(record.value().getId());
            }
        }
        return ids;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
