package io.nodeledger.webhook.delivery;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.nodeledger.webhook.endpoint.EndpointTable;
import io.nodeledger.webhook.endpoint.EndpointTable.Listening;
import io.nodeledger.webhook.kafka.KafkaFailure;
import io.nodeledger.webhook.kafka.KafkaHealth;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.TopicReader;
import io.nodeledger.webhook.kafka.TopicTestimony;
import io.nodeledger.webhook.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads the topic as any customer could, and queues what endpoints want of it. How far it came is kept with what was queued, so
 * nothing repeats that; Kafka is told afterwards, for those who look there how far the group is behind.
 */
final class TopicConsumer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TopicConsumer.class);
    private static final String PART = "webhooks";
    private static final String GROUP = "nodeledger-webhooks";
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int STOP_MILLIS = 5_000;

    /** So long nothing is sent of the parts of an instance that was killed, but by the only one there is, which comes back as itself. */
    private static final int SESSION_MILLIS = 10_000;

    private final Supplier<KafkaSettings> settings;
    private final Topics topics;
    private final TopicTestimony testimony;
    private final KeptEvents kept;
    private final EndpointTable endpoints;
    private final DeliveryQueue queue;
    private final TopicOffsets offsets;
    private final TransactionOperations transactions;
    private final KafkaHealth health;
    private final boolean alone;
    private volatile boolean running;
    private volatile @Nullable KafkaConsumer<String, CloudEvent> current;
    private @Nullable Thread thread;
    private boolean failing;

    /** @param alone whether there is no other instance, whose place this one could take */
    TopicConsumer(
            Supplier<KafkaSettings> settings,
            Topics topics,
            TopicTestimony testimony,
            KeptEvents kept,
            EndpointTable endpoints,
            DeliveryQueue queue,
            TopicOffsets offsets,
            TransactionOperations transactions,
            KafkaHealth health,
            boolean alone) {
        this.alone = alone;
        this.health = health;
        this.settings = settings;
        this.topics = topics;
        this.testimony = testimony;
        this.kept = kept;
        this.endpoints = endpoints;
        this.queue = queue;
        this.offsets = offsets;
        this.transactions = transactions;
    }

    private KafkaConsumer<String, CloudEvent> consumer() {
        var properties = settings.get().clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        if (alone) {
            properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, GROUP);
        }
        return new KafkaConsumer<>(properties, new StringDeserializer(), new CloudEventDeserializer());
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name("webhook-topic").daemon().start(this::run);
    }

    private void run() {
        while (running) {
            try (var consumer = consumer()) {
                current = consumer;
                topics.ensure();
                testimony.hear();
                var resumption = new Resumption(consumer, topics, offsets);
                consumer.subscribe(List.of(Topics.LIFECYCLE), resumption);
                while (running) {
                    consume(consumer, resumption);
                }
            } catch (WakeupException stopping) {
                LOG.debug("Stops reading the topic");
            } catch (RuntimeException failure) {
                told(failure);
            } finally {
                current = null;
            }
        }
    }

    private void consume(KafkaConsumer<String, CloudEvent> consumer, Resumption resumption) {
        ConsumerRecords<String, CloudEvent> records = TopicReader.poll(consumer, WAIT);
        if (!records.isEmpty()) {
            transactions.executeWithoutResult(_ -> {
                queue.put(wanted(records));
                resumption.keep(records);
            });
            consumer.commitSync();
        }
        if (failing) {
            LOG.info("Webhooks go on");
            health.well(PART);
            failing = false;
        }
    }

    private List<NewDelivery> wanted(ConsumerRecords<String, CloudEvent> records) {
        List<Outgoing> events = kept.in(records);
        List<Listening> listening = endpoints.listeningIn(
                events.stream().map(Outgoing::workspaceId).distinct().toList());
        return events.stream()
                .flatMap(event -> listening.stream()
                        .filter(endpoint -> event.position() > endpoint.afterPosition() && event.isFor(endpoint))
                        .map(endpoint -> NewDelivery.of(endpoint.id(), event, NewDelivery.LIVE)))
                .toList();
    }

    /** Nothing is lost by it: what was not queued is read again. */
    private void told(RuntimeException failure) {
        if (!failing && running) {
            LOG.warn("Webhooks wait, what they are to tell stays in the topic: {}", KafkaFailure.told(failure));
        }
        if (failure instanceof KafkaException) {
            health.failed(PART, failure);
        }
        failing = true;
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        var reading = thread;
        if (reading != null) {
            try {
                reading.join(STOP_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
