package io.nodeledger.webhook.kafka;

import org.apache.kafka.common.KafkaException;

/** Whether the topic has been compared with the log, so that it is known what a restore has lost. */
@FunctionalInterface
public interface TopicTestimony {
    /**
     * Sees to it that it has been.
     *
     * @throws KafkaException when that is not possible now
     */
    void hear();
}
