/** A real Kafka broker in this process, on data of our own. */
@NullMarked
package io.nodeledger.standalone.kafka;

import org.jspecify.annotations.NullMarked;
