package io.nodeledger.webhook.delivery;

import io.cloudevents.CloudEvent;
import io.nodeledger.webhook.delivery.Replays.Replay;
import io.nodeledger.webhook.endpoint.EndpointTable;
import io.nodeledger.webhook.endpoint.EndpointTable.Listening;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Queues what a replay covers, from the topic, which has everything for good. Whatever interrupts it, it begins again: what is
 * queued is queued once.
 */
final class ReplayReader {
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** An event is written to the topic after it has happened; clocks of different machines may differ by less than this. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final KafkaSettings settings;
    private final EndpointTable endpoints;
    private final DeliveryQueue queue;
    private final Replays replays;

    ReplayReader(KafkaSettings settings, EndpointTable endpoints, DeliveryQueue queue, Replays replays) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.queue = queue;
        this.replays = replays;
    }

    /** Queues whatever was asked for. */
    void look() {
        for (var replay = replays.claim(); replay.isPresent(); replay = replays.claim()) {
            if (queueAll(replay.get())) {
                replays.end(replay.get());
            }
        }
    }

    /** Whether it came to the end; another instance goes on otherwise. */
    private boolean queueAll(Replay replay) {
        try (var consumer = TopicConsumer.consumer(settings, null)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.LIFECYCLE).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, partitions, ends, replay.since());
            while (!atEnd(consumer, ends)) {
                Optional<Listening> endpoint = endpoints.listeningIn(List.of(replay.workspaceId())).stream()
                        .filter(each -> each.id().equals(replay.endpointId()))
                        .findFirst();
                if (endpoint.isEmpty()) {
                    return true;
                }
                if (!replays.prolong(replay)) {
                    return false;
                }
                queue.put(read(consumer, ends, replay, endpoint.get()));
            }
            return true;
        }
    }

    private static List<NewDelivery> read(
            KafkaConsumer<String, CloudEvent> consumer,
            Map<TopicPartition, Long> ends,
            Replay replay,
            Listening endpoint) {
        var records = consumer.poll(WAIT);
        return records.partitions().stream()
                .flatMap(partition -> records.records(partition).stream()
                        .filter(record -> record.offset() < ends.getOrDefault(partition, 0L)))
                .map(ConsumerRecord::value)
                .flatMap(event -> Outgoing.of(event).stream())
                .filter(event -> replay.covers(event) && event.isFor(endpoint))
                .map(event -> NewDelivery.of(endpoint.id(), event, replay.id()))
                .toList();
    }

    private static void seek(
            KafkaConsumer<String, CloudEvent> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            Instant since) {
        var times = new HashMap<TopicPartition, Long>();
        long from = Math.max(0, since.minus(CLOCKS).toEpochMilli());
        partitions.forEach(partition -> times.put(partition, from));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
        }
    }

    private static boolean atEnd(KafkaConsumer<String, CloudEvent> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
