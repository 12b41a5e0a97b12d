package io.nodeledger.webhook.relay;

import io.nodeledger.webhook.kafka.KafkaFailure;
import io.nodeledger.webhook.kafka.KafkaHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a processor's batches to the publishers of their segments. It is done with the batch's last event, before the token
 * is written: while Kafka is waited for, the transaction has written nothing, and so keeps no order from settling.
 */
final class Batches implements EventHandlerInvoker, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    private final String resource = "batch-" + System.identityHashCode(this);
    private final String name;
    private final Publisher.Source source;
    private final KafkaHealth health;
    private final Set<Integer> waiting = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Publisher> publishers = new ConcurrentHashMap<>();

    /** Batches for the publishers of a source; the name is for the log and for health. */
    Batches(String name, Publisher.Source source, KafkaHealth health) {
        this.name = name;
        this.source = source;
        this.health = health;
    }

    /** A stream belongs to one segment, so that its events leave in their order. */
    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return message instanceof DomainEventMessage<?> event
                && segment.matches(event.getAggregateIdentifier().hashCode());
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        var work = CurrentUnitOfWork.get();
        List<TrackedEventMessage<?>> batch = work.getOrComputeResource(resource, _ -> new ArrayList<>());
        batch.add((TrackedEventMessage<?>) message);
        if (!(work instanceof BatchingUnitOfWork<?> whole) || whole.isLastMessage(message)) {
            publish(segment.getSegmentId(), batch);
        }
    }

    private void publish(int segment, List<TrackedEventMessage<?>> batch) {
        try {
            publishers.computeIfAbsent(segment, source::of).publish(batch);
            if (waiting.contains(segment)) {
                LOG.info("{} goes on with segment {}", name, segment);
                noLongerWaits(segment);
            }
        } catch (RuntimeException failure) {
            forget(segment);
            if (failure instanceof KafkaException) {
                tell(segment, failure);
            }
            throw failure;
        }
    }

    private synchronized void tell(int segment, RuntimeException failure) {
        health.failed(name, failure);
        if (waiting.add(segment)) {
            LOG.warn("{} waits for Kafka with segment {}: {}", name, segment, KafkaFailure.told(failure));
        }
    }

    /** The segment gets on, or is another instance's now. */
    synchronized void noLongerWaits(int segment) {
        if (waiting.remove(segment) && waiting.isEmpty()) {
            health.well(name);
        }
    }

    /** The segments that wait for Kafka. */
    Set<Integer> waiting() {
        return Set.copyOf(waiting);
    }

    private void forget(int segment) {
        var publisher = publishers.remove(segment);
        if (publisher != null) {
            publisher.close();
        }
    }

    @Override
    public boolean supportsReset() {
        return false;
    }

    @Override
    public void close() {
        publishers.keySet().forEach(this::forget);
    }
}
