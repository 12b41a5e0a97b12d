package io.nodeledger.webhook.relay;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.nodeledger.events.node.NodeEvent.Progress;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Tells every lifecycle event. What the cluster has of a batch that failed is its beginning in each partition, because
 * nothing is given up before the producer itself is: so a batch that is sent again repeats events, and changes no order.
 */
final class LifecyclePublisher implements Publisher {
    /** Less than the time after which the database ends a transaction that waits for its client. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int BLOCK_MILLIS = 3_000;
    private static final int REQUEST_MILLIS = 2_000;
    private static final int NEVER_BEFORE_THE_PRODUCER_MILLIS = 600_000;

    private final NodeRecords nodes;
    private final Producer<String, byte[]> producer;

    private LifecyclePublisher(NodeRecords nodes, Producer<String, byte[]> producer) {
        this.nodes = nodes;
        this.producer = producer;
    }

    static LifecyclePublisher of(KafkaSettings settings, NodeRecords nodes) {
        var properties = new HashMap<>(settings.clientProperties());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, NEVER_BEFORE_THE_PRODUCER_MILLIS);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new LifecyclePublisher(
                nodes, new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()));
    }

    @Override
    public void publish(List<TrackedEventMessage<?>> events) {
        var sent = Stream.concat(
                        nodes.changes(events).stream()
                                .filter(change -> !(change.event() instanceof Progress))
                                .map(Notices::of),
                        events.stream().flatMap(LifecyclePublisher::ofWorkspace))
                .map(event -> producer.send(record(event)))
                .toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Future<?> acknowledged : sent) {
            await(acknowledged, deadline - System.nanoTime());
        }
    }

    private static Stream<CloudEvent> ofWorkspace(TrackedEventMessage<?> message) {
        return message.getPayload() instanceof WorkspaceEvent event
                ? Notices.of((DomainEventMessage<?>) message, event).stream()
                : Stream.empty();
    }

    private static ProducerRecord<String, byte[]> record(CloudEvent event) {
        return KafkaMessageFactory.<String>createWriter(
                        Topics.LIFECYCLE, null, null, Objects.requireNonNull(event.getSubject()))
                .writeBinary(event);
    }

    private static void await(Future<?> acknowledged, long nanos) {
        try {
            acknowledged.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new KafkaException("Kafka has not acknowledged what was sent: " + failure, failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Stopped before Kafka acknowledged what was sent", stopping);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
