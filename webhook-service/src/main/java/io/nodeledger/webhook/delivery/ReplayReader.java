package io.nodeledger.webhook.delivery;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.nodeledger.webhook.delivery.Replays.Replay;
import io.nodeledger.webhook.endpoint.EndpointTable;
import io.nodeledger.webhook.endpoint.EndpointTable.Listening;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.TopicReader;
import io.nodeledger.webhook.kafka.TopicTestimony;
import io.nodeledger.webhook.kafka.Topics;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Queues what a replay covers, from the topic, which has everything for good. Whatever interrupts it, it begins again: what is
 * queued is queued once.
 */
final class ReplayReader {
    private final Supplier<KafkaSettings> settings;
    private final TopicTestimony testimony;
    private final KeptEvents kept;
    private final EndpointTable endpoints;
    private final DeliveryQueue queue;
    private final Replays replays;

    ReplayReader(
            Supplier<KafkaSettings> settings,
            TopicTestimony testimony,
            KeptEvents kept,
            EndpointTable endpoints,
            DeliveryQueue queue,
            Replays replays) {
        this.settings = settings;
        this.testimony = testimony;
        this.kept = kept;
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
        testimony.hear();
        try (var topic =
                TopicReader.open(settings.get(), Topics.LIFECYCLE, new CloudEventDeserializer(), replay.since())) {
            while (!topic.atEnd()) {
                Optional<Listening> endpoint = endpoints.listeningIn(List.of(replay.workspaceId())).stream()
                        .filter(each -> each.id().equals(replay.endpointId()))
                        .findFirst();
                if (endpoint.isEmpty()) {
                    return true;
                }
                if (!replays.prolong(replay)) {
                    return false;
                }
                queue.put(wanted(topic.next(), replay, endpoint.get()));
            }
            return true;
        }
    }

    private List<NewDelivery> wanted(
            List<ConsumerRecord<String, CloudEvent>> records, Replay replay, Listening endpoint) {
        return kept.in(records).stream()
                .filter(event -> replay.covers(event) && event.isFor(endpoint))
                .map(event -> NewDelivery.of(endpoint.id(), event, replay.id()))
                .toList();
    }
}
