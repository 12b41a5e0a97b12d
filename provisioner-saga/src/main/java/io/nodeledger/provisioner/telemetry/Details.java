package io.nodeledger.provisioner.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What had to be asked for about one machine alone. Rates are those since the look before.
 *
 * @param storageUsed bytes
 * @param storageTotal bytes
 */
record Details(
        Instant at,
        @Nullable Long storageUsed,
        @Nullable Long storageTotal,
        @Nullable Rates diskOperations,
        @Nullable Rates packets) {

    /** Two rates per second: reads and writes, or in and out. */
    record Rates(double one, double other) {}
}
