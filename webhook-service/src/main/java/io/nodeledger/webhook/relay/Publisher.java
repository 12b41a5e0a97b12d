package io.nodeledger.webhook.relay;

import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Tells what the events of one segment come to. Used by one thread; closed after a failure, and another one goes on. */
interface Publisher extends AutoCloseable {
    /**
     * Sends what a batch comes to and returns when the cluster has it for good.
     *
     * @param events in their order
     * @throws org.apache.kafka.common.KafkaException when that is not certain; the same batch comes again
     */
    void publish(List<TrackedEventMessage<?>> events);

    @Override
    void close();

    /** Makes publishers. */
    @FunctionalInterface
    interface Source {
        /**
         * A publisher for a segment.
         *
         * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
         */
        Publisher of(int segment);
    }
}
