package io.nodeledger.command.capacity;

import io.nodeledger.events.catalogue.NodePlan;
import java.time.Instant;

/**
 * What a host had free when it was last looked at.
 *
 * @param freeCpu cores not promised to machines
 * @param freeMemoryBytes memory not promised to machines
 * @param freeStorageBytes storage not taken
 */
record HostSample(String region, double freeCpu, long freeMemoryBytes, long freeStorageBytes, Instant sampledAt) {
    private static final long GIB = 1L << 30;

    /** How many machines of the plan's size fit. */
    long machines(NodePlan plan) {
        var specs = plan.specs();
        long byCpu = (long) Math.floor(freeCpu / specs.cpuCores());
        long byMemory = freeMemoryBytes / (specs.memoryGb() * GIB);
        long byStorage = freeStorageBytes / (specs.storageGb() * GIB);
        return Math.max(0, Math.min(byCpu, Math.min(byMemory, byStorage)));
    }
}
