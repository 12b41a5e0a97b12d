package io.nodeledger.query.telemetry.usage;

import io.nodeledger.events.node.NodeStatus;

/** A live node and what was agreed for it. */
record SizedNode(String id, String name, NodeStatus status, int cpuCores, int memoryGb, int storageGb) {
    /** Whether it counts as running. */
    boolean runs() {
        return status == NodeStatus.RUNNING;
    }
}
