package io.nodeledger.command.capacity;

import io.nodeledger.events.catalogue.NodePlan;
import java.time.Instant;

/**
 * A node that is being deleted.
 *
 * @param until when its deletion is expected to end
 */
record FreeingNode(String planId, String region, int cpuCores, int memoryGb, int storageGb, Instant until) {

    /** Whether a machine of the plan's size fits where it was. */
    boolean makesRoomFor(NodePlan plan) {
        var specs = plan.specs();
        return cpuCores >= specs.cpuCores() && memoryGb >= specs.memoryGb() && storageGb >= specs.storageGb();
    }
}
