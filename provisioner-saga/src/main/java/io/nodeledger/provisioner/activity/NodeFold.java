package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MembershipEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeReady;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRecovered;
import io.nodeledger.events.node.NodeEvent.MachineAddressed;
import io.nodeledger.events.node.NodeEvent.MachineAllocated;
import io.nodeledger.events.node.NodeEvent.MachineFoundOff;
import io.nodeledger.events.node.NodeEvent.MachineFoundOn;
import io.nodeledger.events.node.NodeEvent.MachineIdBurnt;
import io.nodeledger.events.node.NodeEvent.MachineInspected;
import io.nodeledger.events.node.NodeEvent.MachineMigrated;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningRetried;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.NodeEvent.ProviderTaskStarted;
import io.nodeledger.events.node.NodeEvent.StepSucceeded;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.node.SettingsEvent;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds a node's stream into what the steps need to know. Mutable, used once per read, never shared. */
final class NodeFold {
    private final NodeProvisioningStarted started;
    private NodeStatus status = NodeStatus.PROVISIONING;
    private @Nullable Placement placement;
    private final Set<Integer> burntIds = new HashSet<>();
    private @Nullable String privateAddress;
    private @Nullable KubernetesFacts kubernetes;
    private @Nullable OperationProgress progress;
    private boolean force;
    private int drainTimeoutSeconds;
    private MachineCondition machine = MachineCondition.ON;
    private final MarksFold marks = new MarksFold();
    private final Map<Step, String> providerTasks = new EnumMap<>(Step.class);

    NodeFold(NodeProvisioningStarted started) {
        this.started = started;
        marks.want(started.labels(), started.taints());
        begin(OperationProgress.begin(started.operationId(), OperationType.PROVISION));
    }

    void apply(NodeEvent event) {
        switch (event) {
            case NodeProvisioningStarted _ -> throw new IllegalStateException(event.nodeId() + " begins twice");
            case NodeProvisioningCompleted e -> {
                kubernetes = e.kubernetes();
                machine = MachineCondition.ON;
                end(NodeStatus.RUNNING);
            }
            case NodeProvisioningFailed _ -> {
                placement = null;
                end(NodeStatus.ERROR);
            }
            case NodeProvisioningRetried e -> {
                status = NodeStatus.PROVISIONING;
                begin(OperationProgress.begin(e.operationId(), OperationType.PROVISION));
            }
            case CancellationRequested e -> progress = progress == null ? null : progress.after(e);
            case OperationCancelled _ -> progress = null;
            case NodeDeletionStarted e -> {
                status = NodeStatus.DELETING;
                begin(OperationProgress.begin(e.operationId(), OperationType.DELETE));
                force = e.force();
                drainTimeoutSeconds = e.drainTimeoutSeconds();
            }
            case NodeDeletionForced _ -> {
                force = true;
                progress = progress == null ? null : progress.forced();
            }
            case NodeDeletionFailed e -> end(e.status());
            case NodeDeleted _ -> end(NodeStatus.DELETED);
            case NodeNeedsAttention _ -> end(NodeStatus.ERROR);
            case NodeEvent.Progress e -> applyProgress(e);
            case NodeEvent.Observed e -> applyObserved(e);
            case PowerEvent e -> applyPower(e);
            case UpdateEvent e -> applyUpdate(e);
            case SettingsEvent _, MembershipEvent _ -> {}
        }
    }

    private void applyPower(PowerEvent event) {
        switch (event) {
            case PowerOperationStarted e -> {
                status = NodeStatus.during(e.type());
                begin(OperationProgress.begin(e));
                force = e.force();
                drainTimeoutSeconds = e.drainTimeoutSeconds();
            }
            case PowerEvent.NodeStarted _, PowerEvent.NodeRebooted _ -> end(NodeStatus.RUNNING);
            case PowerEvent.NodeStopped _ -> end(NodeStatus.STOPPED);
            case PowerEvent.PowerOperationFailed e -> end(e.status());
        }
    }

    private void applyUpdate(UpdateEvent event) {
        switch (event) {
            case NodeUpdateStarted e -> {
                begin(OperationProgress.begin(e.operationId(), OperationType.UPDATE));
                marks.want(e.labels(), e.taints());
            }
            case UpdateEvent.NodeUpdated _ -> progress = null;
            case NodeUpdateFailed e -> {
                progress = null;
                marks.want(e.labels(), e.taints());
            }
        }
    }

    /** A machine that has vanished keeps its placement: whatever ends the node looks once more, and lets the id go. */
    private void applyObserved(NodeEvent.Observed event) {
        switch (event) {
            case MachineFoundOff _ -> {
                status = NodeStatus.STOPPED;
                machine = MachineCondition.OFF;
            }
            case MachineFoundOn _ -> {
                status = NodeStatus.RUNNING;
                machine = MachineCondition.ON;
            }
            case MachineVanished _ -> {
                status = NodeStatus.ERROR;
                machine = MachineCondition.GONE;
            }
            case MachineMigrated e ->
                placement = placement == null ? null : new Placement(e.host(), e.vmId(), placement.storage());
            case KubernetesNodeRecovered e -> kubernetes = e.kubernetes();
            case NodeEvent.KubernetesNodeLost _,
                    NodeEvent.KubernetesNodeRenamed _,
                    NodeEvent.OrphanMachineRemoved _,
                    NodeEvent.OrphanKubernetesNodeRemoved _,
                    HealthEvent _ -> {}
        }
    }

    private void applyProgress(NodeEvent.Progress event) {
        switch (event) {
            case MachineAllocated e -> {
                placement = new Placement(e.host(), e.vmId(), e.storage());
                machine = MachineCondition.ON;
            }
            case MachineIdBurnt e -> {
                burntIds.add(e.vmId());
                placement = null;
                providerTasks.clear();
            }
            case MachineAddressed e -> privateAddress = e.privateAddress();
            case ProviderTaskStarted e -> providerTasks.put(e.step(), e.upid());
            case KubernetesNodeReady e -> kubernetes = e.kubernetes();
            case MachineInspected e ->
                machine = switch (e.power()) {
                    case ON -> MachineCondition.ON;
                    case OFF -> MachineCondition.OFF;
                    case GONE -> MachineCondition.GONE;
                };
            case StepSucceeded e ->
                machine = switch (e.step()) {
                    case SHUT_DOWN, HALT -> MachineCondition.OFF;
                    case BOOT -> MachineCondition.ON;
                    default -> machine;
                };
            case NodeEvent.StepDelayed _, NodeEvent.StepFailed _ -> {}
        }
        if (progress != null) {
            progress = progress.after(event);
        }
    }

    NodeFacts facts() {
        return new NodeFacts(
                started.nodeId(),
                started.workspaceId(),
                started.name(),
                started.region(),
                status,
                started.terms(),
                marks.labels(),
                marks.taints(),
                placement,
                Set.copyOf(burntIds),
                privateAddress,
                kubernetes,
                marks.retired(),
                operation());
    }

    private @Nullable RunningOperation operation() {
        OperationProgress running = progress;
        return running == null
                ? null
                : new RunningOperation(running, force, drainTimeoutSeconds, machine, Map.copyOf(providerTasks));
    }

    private void begin(OperationProgress begun) {
        progress = begun;
        force = false;
        drainTimeoutSeconds = 0;
        providerTasks.clear();
    }

    private void end(NodeStatus reached) {
        status = reached;
        progress = null;
    }
}
