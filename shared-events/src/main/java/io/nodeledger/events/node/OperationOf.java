package io.nodeledger.events.node;

import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningRetried;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.Observed;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.NodeEvent.Progress;
import org.jspecify.annotations.Nullable;

/** Which operation an event belongs to. */
public final class OperationOf {
    private OperationOf() {}

    /** The operation that an event of a node belongs to, if it belongs to one. */
    public static @Nullable String event(NodeEvent happened) {
        return switch (happened) {
            case NodeProvisioningStarted event -> event.operationId();
            case NodeProvisioningCompleted event -> event.operationId();
            case NodeProvisioningFailed event -> event.operationId();
            case OperationCancelled event -> event.operationId();
            case NodeDeletionStarted event -> event.operationId();
            case NodeDeletionForced event -> event.operationId();
            case NodeDeleted event -> event.operationId();
            case NodeDeletionFailed event -> event.operationId();
            case NodeNeedsAttention event -> event.operationId();
            case Progress event -> event.operationId();
            case NodeProvisioningRetried event -> event.operationId();
            case CancellationRequested event -> event.operationId();
            case PowerEvent event -> event.operationId();
            case UpdateEvent event -> event.operationId();
            case Observed _, SettingsEvent _, MembershipEvent _ -> null;
        };
    }
}
