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
import java.util.function.BooleanSupplier;
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
    /** For all that is asked of the cluster together. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int REQUEST_MILLIS = 2_000;

    /** Of each partition: the very last may be nobody's, or older than what was lost and told again. */
    private static final long LAST_RECORDS = 50;

    private static final Pattern ID = Pattern.compile("evt-[0-9a-z]{26}");
    private static final Pattern POSITION = Pattern.compile("000[0-9]{16}");
    private static final String OURS = "/api/v1/workspaces/";

    private final Supplier<KafkaSettings> settings;
    private final JdbcClient jdbc;
    private final Epochs epochs;
    private final TransactionOperations apart;
    private final BooleanSupplier answers;
    private volatile boolean heard;
    private volatile @Nullable KafkaException unheard;

    /**
     * @param apart transactions of their own, whatever runs
     * @param answers whether the cluster does
     */
    TopicWitness(
            Supplier<KafkaSettings> settings,
            JdbcClient jdbc,
            Epochs epochs,
            TransactionOperations apart,
            BooleanSupplier answers) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.epochs = epochs;
        this.apart = apart;
        this.answers = answers;
    }

    /**
     * Lets pass whoever is about to tell something, once the witness was heard. Nobody waits for that here: transactions are open.
     *
     * @throws KafkaException until then
     */
    void hear() {
        if (!heard) {
            throw new KafkaException("What the topic was told last has not been looked at yet", unheard);
        }
    }

    /** Listens, once in a process, as soon as the cluster answers. */
    synchronized void listen() {
        if (!heard && answers.getAsBoolean()) {
            try {
                Map<String, Long> told = lastTold();
                apart.executeWithoutResult(_ -> compare(told));
                heard = true;
                unheard = null;
            } catch (KafkaException away) {
                unheard = away;
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
        long highest = epochs.highestPossible();
        var lost = unknown.values().stream()
                .filter(position -> position <= highest && !epochs.isLeftOut(position))
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

    /** The last events of each partition, with their positions. */
    private Map<String, Long> lastTold() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var properties = settings.get().clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.LIFECYCLE, left(deadline)).stream()
                    .map(partition -> new TopicPartition(Topics.LIFECYCLE, partition.partition()))
                    .toList();
            var ends = consumer.endOffsets(partitions, left(deadline));
            var begins = consumer.beginningOffsets(partitions, left(deadline));
            consumer.assign(partitions);
            begins.forEach((partition, begin) ->
                    consumer.seek(partition, Math.max(begin, ends.getOrDefault(partition, begin) - LAST_RECORDS)));
            return read(consumer, ends, deadline);
        }
    }

    private static Map<String, Long> read(
            KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, long deadline) {
        var told = new HashMap<String, Long>();
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey(), left(deadline)) < end.getValue())) {
            consumer.poll(left(deadline))
                    .forEach(record -> ours(record).ifPresent(position -> told.put(header(record, "ce_id"), position)));
        }
        return told;
    }

    private static Duration left(long deadline) {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw new KafkaException("Kafka has not said in time what it was told last");
        }
        return Duration.ofNanos(nanos);
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
