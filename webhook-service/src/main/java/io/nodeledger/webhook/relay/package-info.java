/** The event store is the outbox: what has happened goes to Kafka in its order, and nothing is forgotten on the way. */
@NullMarked
package io.nodeledger.webhook.relay;

import org.jspecify.annotations.NullMarked;
