package io.nodeledger.events.node;

import io.nodeledger.events.operation.OperationType;
import java.util.Locale;
import java.util.Optional;

/** A node's status as the API shows it (source: rulings, "State machine"). */
public enum NodeStatus {
    PROVISIONING,
    RUNNING,
    STARTING,
    STOPPING,
    STOPPED,
    REBOOTING,
    DELETING,
    DELETED,
    ERROR;

    /** The status that a node has from the event on; empty when it keeps the one that it had. */
    public static Optional<NodeStatus> after(NodeEvent event) {
        return switch (event) {
            case NodeEvent.NodeProvisioningStarted _, NodeEvent.NodeProvisioningRetried _ -> Optional.of(PROVISIONING);
            case NodeEvent.NodeProvisioningCompleted _, NodeEvent.MachineFoundOn _ -> Optional.of(RUNNING);
            case NodeEvent.NodeProvisioningFailed _, NodeEvent.NodeNeedsAttention _, NodeEvent.MachineVanished _ ->
                Optional.of(ERROR);
            case NodeEvent.NodeDeletionStarted _ -> Optional.of(DELETING);
            case NodeEvent.NodeDeletionFailed failed -> Optional.of(failed.status());
            case NodeEvent.NodeDeleted _ -> Optional.of(DELETED);
            case NodeEvent.MachineFoundOff _ -> Optional.of(STOPPED);
            case PowerEvent power -> Optional.of(afterPower(power));
            case NodeEvent.OperationCancelled _,
                    NodeEvent.CancellationRequested _,
                    UpdateEvent _,
                    NodeEvent.NodeDeletionForced _,
                    NodeEvent.MachineMigrated _,
                    NodeEvent.KubernetesNodeLost _,
                    NodeEvent.KubernetesNodeRenamed _,
                    NodeEvent.KubernetesNodeRecovered _,
                    NodeEvent.OrphanMachineRemoved _,
                    NodeEvent.OrphanKubernetesNodeRemoved _,
                    HealthEvent _,
                    SettingsEvent _,
                    MembershipEvent _,
                    NodeEvent.Progress _ -> Optional.empty();
        };
    }

    private static NodeStatus afterPower(PowerEvent event) {
        return switch (event) {
            case PowerEvent.PowerOperationStarted started -> during(started.type());
            case PowerEvent.NodeStarted _, PowerEvent.NodeRebooted _ -> RUNNING;
            case PowerEvent.NodeStopped _ -> STOPPED;
            case PowerEvent.PowerOperationFailed failed -> failed.status();
        };
    }

    /** The status of a node while its machine is being switched. */
    public static NodeStatus during(OperationType power) {
        return switch (power) {
            case START -> STARTING;
            case STOP -> STOPPING;
            case REBOOT -> REBOOTING;
            case PROVISION, DELETE, UPDATE -> throw new IllegalArgumentException(power + " switches no machine");
        };
    }

    /** The status' word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
