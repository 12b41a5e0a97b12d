/** What happens, on its way out: Kafka and webhooks. */
@NullMarked
package io.nodeledger.benchmarks.event;

import org.jspecify.annotations.NullMarked;
