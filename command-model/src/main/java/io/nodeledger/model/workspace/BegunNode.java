package io.nodeledger.model.workspace;

import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import java.time.Instant;

/** With what a node begins that its workspace admits. */
record BegunNode(ProvisionNode command, Subscription subscription, Instant at) {
    /** The provider of every machine so far. */
    static final String PROVIDER = "proxmox";

    String region() {
        return subscription.regionOr(command.region());
    }

    NodeProvisioningStarted started() {
        return new NodeProvisioningStarted(
                command.nodeId(),
                command.workspaceId(),
                command.operationId(),
                command.name(),
                region(),
                PROVIDER,
                command.terms(),
                command.labels(),
                command.taints(),
                Admission.creditHold(command.terms()),
                readyAt(),
                at);
    }

    ProvisionAnswer answer() {
        return new ProvisionAnswer.Admitted(command.nodeId(), command.operationId(), region(), at, readyAt());
    }

    private Instant readyAt() {
        return at.plusSeconds(command.estimatedSeconds());
    }
}
