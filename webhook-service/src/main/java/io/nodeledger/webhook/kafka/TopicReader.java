package io.nodeledger.webhook.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all that a topic has about what happened from a moment on, in each partition's order, and comes to an end. */
public final class TopicReader<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** What happened is written to the topic afterwards; clocks of different machines may differ by less than this. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final KafkaConsumer<String, V> consumer;
    private final Map<TopicPartition, Long> ends;

    private TopicReader(KafkaConsumer<String, V> consumer, String topic, Instant since) {
        this.consumer = consumer;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("There is no topic " + topic);
        }
        this.ends = Map.copyOf(consumer.endOffsets(partitions));
        consumer.assign(partitions);
        seek(Math.max(0, since.minus(CLOCKS).toEpochMilli()));
    }

    /**
     * Opens a topic. What is written to it from then on is not read.
     *
     * @throws KafkaException when the cluster does not answer, or has no such topic
     */
    public static <V> TopicReader<V> open(KafkaSettings settings, String topic, Deserializer<V> values, Instant since) {
        var properties = settings.clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values);
        try {
            return new TopicReader<>(consumer, topic, since);
        } catch (RuntimeException failure) {
            consumer.close();
            throw failure;
        }
    }

    private void seek(long millis) {
        Map<TopicPartition, OffsetAndTimestamp> found =
                consumer.offsetsForTimes(ends.keySet().stream().collect(Collectors.toMap(it -> it, _ -> millis)));
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? end : first.offset());
        });
    }

    /** Whether everything was read. */
    public boolean atEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** What comes next; nothing, perhaps, if nothing came within a second. */
    public List<ConsumerRecord<String, V>> next() {
        var records = poll(consumer, WAIT);
        return records.partitions().stream()
                .flatMap(partition -> records.records(partition).stream()
                        .filter(record -> record.offset() < ends.getOrDefault(partition, 0L)))
                .toList();
    }

    /**
     * What a consumer is handed next. A record that its deserializers don't take is told and passed over: it would come again
     * for ever.
     */
    public static <V> ConsumerRecords<String, V> poll(KafkaConsumer<String, V> consumer, Duration wait) {
        try {
            return consumer.poll(wait);
        } catch (RecordDeserializationException foreign) {
            LOG.error(
                    "What is at {} of {} is none of ours and is passed over: {}",
                    foreign.offset(),
                    foreign.topicPartition(),
                    foreign.getMessage());
            consumer.seek(foreign.topicPartition(), foreign.offset() + 1);
            return ConsumerRecords.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
