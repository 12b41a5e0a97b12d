package io.nodeledger.webhook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A batch of which something can't be sent, while the rest could. */
class LifecyclePublisherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final BatchNotices notices =
            new BatchNotices(StreamRecords.ofNodes(store, 10), StreamRecords.ofTransitions(store, 10));

    @Test
    void nothingFollowsAnEventThatCouldNotBeSent() {
        // given a client that does not know the topic's partitions in time, and then knows them
        var producer = new Producer(true) {
            private boolean known;

            @Override
            public synchronized Future<RecordMetadata> send(
                    ProducerRecord<String, byte[]> record, @Nullable Callback told) {
                if (known) {
                    return super.send(record, told);
                }
                known = true;
                return CompletableFuture.failedFuture(new TimeoutException("Topic not present in metadata"));
            }
        };
        var publisher = new LifecyclePublisher(notices, producer, PATIENCE);

        // when, then
        assertThatThrownBy(() -> publisher.publish(Granted.times(3))).isInstanceOf(KafkaException.class);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void whatWaitsBehindARefusedEventIsNeverSent() throws Exception {
        var producer = new Producer(false);
        var publisher = new LifecyclePublisher(notices, producer, PATIENCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var published = threads.submit(() -> publisher.publish(Granted.times(3)));
            await().until(() -> producer.history().size() == 3);

            producer.errorNext(new RecordTooLargeException());

            assertThat(producer.closed()).isTrue();
            assertThatThrownBy(published::get).hasCauseInstanceOf(KafkaException.class);
        }
    }

    @Test
    void whatTheEndedProducerIsToSendFailsLikeTheRest() {
        var producer = new Producer(true);
        producer.close();
        var publisher = new LifecyclePublisher(notices, producer, PATIENCE);

        assertThatThrownBy(() -> publisher.publish(Granted.times(1))).isInstanceOf(KafkaException.class);
    }

    @Test
    void aBatchThatIsTakenSlowlyEndsInTime() {
        // given
        var producer = new Producer(true) {
            @Override
            public synchronized Future<RecordMetadata> send(
                    ProducerRecord<String, byte[]> record, @Nullable Callback told) {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                return super.send(record, told);
            }
        };
        var publisher = new LifecyclePublisher(notices, producer, Duration.ofMillis(250));

        // when, then
        assertThatThrownBy(() -> publisher.publish(Granted.times(20))).isInstanceOf(KafkaException.class);
        assertThat(producer.history()).hasSizeLessThan(5);
    }

    private static class Producer extends MockProducer<String, byte[]> {
        Producer(boolean acknowledges) {
            super(acknowledges, null, new StringSerializer(), new ByteArraySerializer());
        }
    }
}
