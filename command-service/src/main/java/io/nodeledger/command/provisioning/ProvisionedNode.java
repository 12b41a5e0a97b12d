package io.nodeledger.command.provisioning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an accepted wish for a node (source: contract, "Provision Dedicated Node").
 *
 * @param operationStatus how provisioning ended, if the request waited for that
 */
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
        Instant estimatedReadyTime,
        @Nullable String operationStatus) {}
