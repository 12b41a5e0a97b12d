package io.nodeledger.webhook.relay;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Tells every lifecycle event. What the cluster has of a batch that failed is its beginning in each partition: a partition's
 * records are on their way one request after the other, no record is given up for its age before the producer itself is, and
 * one that can't be sent or is refused ends the producer before it sends any that follows. So a batch that is sent again
 * repeats events, and changes no order.
 */
final class LifecyclePublisher implements Publisher {
    /** With a last wait for room, less than the time after which the database ends a transaction that waits for its client. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int BLOCK_MILLIS = 3_000;
    private static final int REQUEST_MILLIS = 2_000;
    private static final int NEVER_BEFORE_THE_PRODUCER_MILLIS = 600_000;

    /** Most of what a batch has for a partition goes in one request, for there is no second one under way. */
    private static final int REQUEST_BYTES = 128 * 1024;

    private final BatchNotices notices;
    private final Producer<String, byte[]> producer;
    private final Duration patience;

    /** @param patience until all of a batch is acknowledged */
    LifecyclePublisher(BatchNotices notices, Producer<String, byte[]> producer, Duration patience) {
        this.notices = notices;
        this.producer = producer;
        this.patience = patience;
    }

    static LifecyclePublisher of(KafkaSettings settings, BatchNotices notices) {
        var properties = new HashMap<>(settings.clientProperties());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, NEVER_BEFORE_THE_PRODUCER_MILLIS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, REQUEST_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new LifecyclePublisher(
                notices, new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()), PATIENCE);
    }

    @Override
    public void publish(List<TrackedEventMessage<?>> events) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<CloudEvent> told = notices.of(events);
        var sent = new ArrayList<Future<?>>(told.size());
        for (CloudEvent notice : told) {
            sent.add(send(notice, deadline));
        }
        for (Future<?> acknowledged : sent) {
            await(acknowledged, deadline);
        }
    }

    /** Kafka's client throws little of what keeps it from sending: it answers a future that has failed, and takes what follows. */
    private Future<?> send(CloudEvent notice, long deadline) {
        if (System.nanoTime() >= deadline) {
            throw new KafkaException("Kafka has not taken all of a batch in time");
        }
        try {
            var acknowledged = producer.send(record(notice), this::endIfRefused);
            if (acknowledged.isDone()) {
                await(acknowledged, deadline);
            }
            return acknowledged;
        } catch (IllegalStateException ended) {
            throw new KafkaException("Kafka has not taken what was sent before", ended);
        }
    }

    /** Called by the thread that sends, before it sends anything else. */
    private void endIfRefused(@Nullable RecordMetadata place, @Nullable Exception refused) {
        if (refused != null) {
            close();
        }
    }

    private static ProducerRecord<String, byte[]> record(CloudEvent event) {
        ProducerRecord<String, byte[]> record = KafkaMessageFactory.<String>createWriter(
                        Topics.LIFECYCLE, null, null, (String)
                                Objects.requireNonNull(event.getExtension("partitionkey")))
                .writeBinary(event);
        var traceParent = (String) Objects.requireNonNull(event.getExtension(TraceParent.HEADER));
        record.headers().add(TraceParent.HEADER, traceParent.getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    private static void await(Future<?> acknowledged, long deadline) {
        try {
            acknowledged.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
