package io.nodeledger.webhook.relay;

import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The topic is witness to what the log was. Events that were told last and that the log lacks say that the database was put back
 * to an earlier moment in a way that it does not see itself, like the snapshot of a disk; then the log goes on in another epoch.
 */
final class TopicWitness {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWitness.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Pattern ID = Pattern.compile("evt-[0-9a-z]{26}");
    private static final Pattern POSITION = Pattern.compile("000[0-9]{16}");
    private static final String OURS = "/api/v1/workspaces/";

    private final Supplier<KafkaSettings> settings;
    private final JdbcClient jdbc;
    private final Epochs epochs;
    private final TransactionOperations apart;
    private volatile boolean heard;

    /** @param apart transactions of their own, whatever runs */
    TopicWitness(Supplier<KafkaSettings> settings, JdbcClient jdbc, Epochs epochs, TransactionOperations apart) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.epochs = epochs;
        this.apart = apart;
    }

    /**
     * Hears it once in a process, before that tells anything.
     *
     * @throws KafkaException when the cluster does not answer in time
     */
    synchronized void hear() {
        if (!heard) {
            Map<String, Long> told = lastTold();
            apart.executeWithoutResult(_ -> compare(told));
            heard = true;
        }
    }

    /** The same while nothing is to be told yet. That Kafka does not answer is for its health to say. */
    void listen(Topics topics) {
        if (!heard) {
            try {
                topics.ensure();
                hear();
            } catch (KafkaException away) {
                LOG.debug("What the topic was told last can't be read now", away);
            }
        }
    }

    private void compare(Map<String, Long> told) {
        var unknown = new HashMap<>(told);
        jdbc.sql("select event_identifier from eventstore.domain_event where event_identifier = any(?)")
                .param(told.keySet().toArray(String[]::new))
                .query(String.class)
                .list()
                .forEach(unknown::remove);
        var lost = unknown.values().stream()
                .filter(position -> !epochs.isLost(position))
                .mapToLong(position -> position)
                .summaryStatistics();
        if (lost.getCount() > 0) {
            int number = epochs.open(
                    "the topic " + Topics.LIFECYCLE + " has what the log has not", lost.getMin(), lost.getMax());
            LOG.warn(
                    "The log lacks events that {} was told, for example at position {}: the database was restored to an earlier"
                            + " moment. The log goes on in epoch {}",
                    Topics.LIFECYCLE,
                    lost.getMin(),
                    number);
        }
    }

    /** The last event of each partition, with its position. */
    private Map<String, Long> lastTold() {
        var properties = settings.get().clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.LIFECYCLE, PATIENCE).stream()
                    .map(partition -> new TopicPartition(Topics.LIFECYCLE, partition.partition()))
                    .toList();
            var ends = new HashMap<>(consumer.endOffsets(partitions, PATIENCE));
            // What is empty ends where it begins.
            consumer.beginningOffsets(partitions, PATIENCE)
                    .forEach((partition, begin) -> ends.remove(partition, begin));
            consumer.assign(ends.keySet());
            ends.forEach((partition, end) -> consumer.seek(partition, end - 1));
            return read(consumer, ends);
        }
    }

    private static Map<String, Long> read(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        var told = new HashMap<String, Long>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new KafkaException("Kafka has not said in time what it was told last");
            }
            consumer.poll(Duration.ofNanos(left))
                    .forEach(record -> ours(record).ifPresent(position -> told.put(header(record, "ce_id"), position)));
        }
        return told;
    }

    /** The position of an event of ours; whoever may write to the topic may write anything. */
    private static Optional<Long> ours(ConsumerRecord<String, byte[]> record) {
        return ID.matcher(header(record, "ce_id")).matches()
                        && POSITION.matcher(header(record, "ce_position")).matches()
                        && header(record, "ce_source").startsWith(OURS)
                ? Optional.of(Long.parseLong(header(record, "ce_position")))
                : Optional.empty();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        byte @Nullable [] value = header == null ? null : header.value();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
