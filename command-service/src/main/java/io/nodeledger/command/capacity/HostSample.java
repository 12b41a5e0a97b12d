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

    /** Whether a machine of the plan's size fits. */
    boolean fits(NodePlan plan) {
        var specs = plan.specs();
        return freeCpu >= specs.cpuCores()
                && freeMemoryBytes >= specs.memoryGb() * GIB
                && freeStorageBytes >= specs.storageGb() * GIB;
    }
}
