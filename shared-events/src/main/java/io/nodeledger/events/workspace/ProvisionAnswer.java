package io.nodeledger.events.workspace;

import io.nodeledger.events.refusal.Refusal;
import java.time.Instant;

/** How a workspace took the wish for a node. */
public sealed interface ProvisionAnswer {
    /** The node exists and is being provisioned. */
    record Admitted(String nodeId, String operationId, String region, Instant createdAt, Instant estimatedReadyAt)
            implements ProvisionAnswer {}

    /** No node was created. */
    record Refused(Refusal refusal) implements ProvisionAnswer {}
}
