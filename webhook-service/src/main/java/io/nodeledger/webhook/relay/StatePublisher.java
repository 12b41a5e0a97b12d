package io.nodeledger.webhook.relay;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.external.NodeNotice;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/**
 * Tells how nodes are after a batch, each at most once. A later message under a key replaces the earlier one, so a publisher
 * that was paused for long must not go on: each batch is a transaction, and whoever takes over a segment shuts out those
 * before (source: rulings 11). To Kafka whoever came last has taken over; so a publisher proves after it came, and before it
 * tells anything, that the segment is its own.
 */
final class StatePublisher implements Publisher {
    /** All waits together stay below the time after which the database ends a transaction that waits for its client. */
    private static final int BLOCK_MILLIS = 4_000;

    private static final int REQUEST_MILLIS = 2_000;
    private static final int DELIVERY_MILLIS = 4_000;
    private static final int TRANSACTION_MILLIS = 20_000;

    private final StreamRecords<NodeEvent, NodeRecord> nodes;
    private final Producer<String, byte @Nullable []> producer;

    private StatePublisher(StreamRecords<NodeEvent, NodeRecord> nodes, Producer<String, byte @Nullable []> producer) {
        this.nodes = nodes;
        this.producer = producer;
    }

    /**
     * Shuts out the segment's earlier publishers.
     *
     * @throws KafkaException when the cluster does not answer in time
     * @throws UnableToClaimTokenException when the segment is somebody else's by now; who was shut out comes again
     */
    static StatePublisher of(
            KafkaSettings settings, int segment, StreamRecords<NodeEvent, NodeRecord> nodes, SegmentClaims claims) {
        var properties = new HashMap<>(settings.clientProperties());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "nodeledger-state-" + segment);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        var producer = new KafkaProducer<String, byte @Nullable []>(
                properties, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            claims.renew(segment);
        } catch (RuntimeException failure) {
            producer.close(Duration.ZERO);
            throw failure;
        }
        return new StatePublisher(nodes, producer);
    }

    @Override
    public void publish(List<TrackedEventMessage<?>> events) {
        var last = new LinkedHashMap<String, Told>();
        for (TrackedEventMessage<?> message : events) {
            if (!(message.getPayload() instanceof NodeEvent)) {
                continue;
            }
            var change = nodes.change((DomainEventMessage<?>) message);
            if (!change.after().equals(change.before())) {
                last.put(change.event().nodeId(), new Told(change.after(), traceParent(message)));
            }
        }
        if (last.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        last.forEach((id, told) -> {
            var record = new ProducerRecord<String, byte @Nullable []>(Topics.STATE, id, content(told.node()));
            record.headers().add(TraceParent.HEADER, told.traceParent().getBytes(StandardCharsets.US_ASCII));
            // What fails here fails the commit.
            var _ = producer.send(record);
        });
        producer.commitTransaction();
    }

    /** A node, and the trace of the event that has made it so. */
    private record Told(NodeRecord node, String traceParent) {}

    private static String traceParent(TrackedEventMessage<?> message) {
        return TraceParent.of(Cause.fromMetadata(message.getMetaData()), message.getIdentifier());
    }

    private static byte @Nullable [] content(NodeRecord node) {
        return node.state().status() == NodeStatus.DELETED ? null : ExternalJson.bytes(NodeNotice.of(node));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
