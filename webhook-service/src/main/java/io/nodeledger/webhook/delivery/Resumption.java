package io.nodeledger.webhook.delivery;

import io.nodeledger.webhook.kafka.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a consumer goes on in the partitions that it is given: where the database says; where the group was, for what the
 * database has not kept yet; and at the beginning of what is new, or no longer has what was next.
 */
final class Resumption implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    private final KafkaConsumer<?, ?> consumer;
    private final Topics topics;
    private final TopicOffsets offsets;
    private Uuid topic = Uuid.ZERO_UUID;

    Resumption(KafkaConsumer<?, ?> consumer, Topics topics, TopicOffsets offsets) {
        this.consumer = consumer;
        this.topics = topics;
        this.offsets = offsets;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        topic = topics.idOf(Topics.LIFECYCLE);
        Map<Integer, Long> kept = offsets.of(topic);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        var next = new HashMap<Integer, Long>();
        for (TopicPartition partition : partitions) {
            long begin = first.getOrDefault(partition, 0L);
            OffsetAndMetadata ofGroup = committed.get(partition);
            long place = kept.getOrDefault(partition.partition(), ofGroup == null ? begin : ofGroup.offset());
            if (place < begin || place > ends.getOrDefault(partition, begin)) {
                LOG.warn("{} no longer has what is at {}: webhooks go on at {}", partition, place, begin);
                offsets.beginAnew(topic, partition.partition(), begin);
                place = begin;
            }
            consumer.seek(partition, place);
            next.put(partition.partition(), place);
        }
        offsets.put(topic, next);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        // What was read of them is queued already.
    }

    /** Keeps that records were read; in the transaction that queues them. */
    void keep(ConsumerRecords<?, ?> records) {
        offsets.put(
                topic,
                records.partitions().stream()
                        .collect(Collectors.toMap(
                                TopicPartition::partition,
                                partition ->
                                        records.records(partition).getLast().offset() + 1)));
    }
}
