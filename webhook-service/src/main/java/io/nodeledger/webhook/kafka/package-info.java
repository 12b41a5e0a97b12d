/** The Kafka cluster, and the topics that the system keeps there. */
@NullMarked
package io.nodeledger.webhook.kafka;

import org.jspecify.annotations.NullMarked;
