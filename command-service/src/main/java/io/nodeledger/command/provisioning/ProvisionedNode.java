package io.nodeledger.command.provisioning;

import java.time.Instant;

/** The answer to an accepted wish for a node (source: contract, "Provision Dedicated Node"). */
record ProvisionedNode(
        String id,
        String name,
        String workspaceId,
        String planId,
        String status,
        String provider,
        String region,
        Instant createdAt,
        String provisioningTaskId,
        Instant estimatedReadyTime) {}
