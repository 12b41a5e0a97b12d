package io.nodeledger.events.external;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.MembershipEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.SettingsEvent;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.workspace.WorkspaceEvent;
import java.util.List;
import java.util.Optional;

/** The word under which an event is known outside (source: contract, "Webhooks"; API decisions, "Shapes fixed here"). */
public final class ExternalType {
    /** Every word under which an event leaves the system. */
    public static final List<String> LEAVING = List.of(
            "node.provisioning_started",
            "node.provisioning_completed",
            "node.provisioning_failed",
            "node.provisioning_retried",
            "node.cancellation_requested",
            "node.operation_cancelled",
            "node.deletion_started",
            "node.deletion_forced",
            "node.deleted",
            "node.deletion_failed",
            "node.needs_attention",
            "node.machine_vanished",
            "node.found_stopped",
            "node.found_running",
            "node.machine_migrated",
            "node.kubernetes_node_lost",
            "node.kubernetes_node_renamed",
            "node.kubernetes_node_recovered",
            "node.orphan_machine_removed",
            "node.orphan_kubernetes_node_removed",
            "node.starting",
            "node.stopping",
            "node.rebooting",
            "node.started",
            "node.stopped",
            "node.rebooted",
            "node.health_check_failed",
            "node.health_recovered",
            "node.resource_threshold_exceeded",
            "node.resource_threshold_cleared",
            "node.thresholds_changed",
            "node.update_started",
            "node.updated",
            "node.update_failed",
            "node.start_failed",
            "node.stop_failed",
            "node.reboot_failed",
            "node.transition_joined",
            "node.transition_left",
            "transition.started",
            "transition.scheduled",
            "transition.window_changed",
            "transition.node_ready",
            "transition.node_backed_up",
            "transition.migration_started",
            "transition.node_drained",
            "transition.workloads_moved",
            "transition.placement_switched",
            "transition.node_removed",
            "transition.paused",
            "transition.resumed",
            "transition.turned_back",
            "transition.workloads_moved_back",
            "transition.needs_attention",
            "transition.completed",
            "transition.failed",
            "transition.cancelled",
            "workspace.credits_granted",
            "workspace.charged",
            "workspace.owed_settled",
            "workspace.credits_exhausted",
            "workspace.credits_restored",
            "webhook.disabled");

    private ExternalType() {}

    /** The word of a node's event, also of an internal step, which only the audit shows. */
    public static String of(NodeEvent event) {
        return switch (event) {
            case NodeEvent.NodeProvisioningStarted _ -> "node.provisioning_started";
            case NodeEvent.NodeProvisioningCompleted _ -> "node.provisioning_completed";
            case NodeEvent.NodeProvisioningFailed _ -> "node.provisioning_failed";
            case NodeEvent.NodeProvisioningRetried _ -> "node.provisioning_retried";
            case NodeEvent.CancellationRequested _ -> "node.cancellation_requested";
            case NodeEvent.OperationCancelled _ -> "node.operation_cancelled";
            case NodeEvent.NodeDeletionStarted _ -> "node.deletion_started";
            case NodeEvent.NodeDeletionForced _ -> "node.deletion_forced";
            case NodeEvent.NodeDeleted _ -> "node.deleted";
            case NodeEvent.NodeDeletionFailed _ -> "node.deletion_failed";
            case NodeEvent.NodeNeedsAttention _ -> "node.needs_attention";
            case NodeEvent.MachineVanished _ -> "node.machine_vanished";
            case NodeEvent.MachineFoundOff _ -> "node.found_stopped";
            case NodeEvent.MachineFoundOn _ -> "node.found_running";
            case NodeEvent.MachineMigrated _ -> "node.machine_migrated";
            case NodeEvent.KubernetesNodeLost _ -> "node.kubernetes_node_lost";
            case NodeEvent.KubernetesNodeRenamed _ -> "node.kubernetes_node_renamed";
            case NodeEvent.KubernetesNodeRecovered _ -> "node.kubernetes_node_recovered";
            case NodeEvent.OrphanMachineRemoved _ -> "node.orphan_machine_removed";
            case NodeEvent.OrphanKubernetesNodeRemoved _ -> "node.orphan_kubernetes_node_removed";
            case NodeEvent.MachineAllocated _ -> "node.machine_allocated";
            case NodeEvent.MachineIdBurnt _ -> "node.machine_id_burnt";
            case NodeEvent.ProviderTaskStarted _ -> "node.provider_task_started";
            case NodeEvent.StepDelayed _ -> "node.step_delayed";
            case NodeEvent.StepSucceeded _ -> "node.step_succeeded";
            case NodeEvent.MachineAddressed _ -> "node.machine_addressed";
            case NodeEvent.KubernetesNodeReady _ -> "node.kubernetes_node_ready";
            case NodeEvent.MachineInspected _ -> "node.machine_inspected";
            case NodeEvent.StepFailed _ -> "node.step_failed";
            case PowerEvent.PowerOperationStarted e ->
                switch (e.type()) {
                    case START -> "node.starting";
                    case STOP -> "node.stopping";
                    default -> "node.rebooting";
                };
            case PowerEvent.NodeStarted _ -> "node.started";
            case PowerEvent.NodeStopped _ -> "node.stopped";
            case PowerEvent.NodeRebooted _ -> "node.rebooted";
            case PowerEvent.PowerOperationFailed e ->
                "node.%s_failed".formatted(e.type().word());
            case HealthEvent.HealthCheckFailed _ -> "node.health_check_failed";
            case HealthEvent.HealthRecovered _ -> "node.health_recovered";
            case HealthEvent.ThresholdExceeded _ -> "node.resource_threshold_exceeded";
            case HealthEvent.ThresholdCleared _ -> "node.resource_threshold_cleared";
            case SettingsEvent.NodeThresholdsChanged _ -> "node.thresholds_changed";
            case UpdateEvent.NodeUpdateStarted _ -> "node.update_started";
            case UpdateEvent.NodeUpdated _ -> "node.updated";
            case UpdateEvent.NodeUpdateFailed _ -> "node.update_failed";
            case MembershipEvent.TransitionJoined _ -> "node.transition_joined";
            case MembershipEvent.TransitionLeft _ -> "node.transition_left";
        };
    }

    /** The word of a workspace's event; none of those that only the audit shows. */
    public static Optional<String> of(WorkspaceEvent event) {
        return switch (event) {
            case WorkspaceEvent.CreditsGranted _ -> Optional.of("workspace.credits_granted");
            case WorkspaceEvent.WorkspaceCharged _ -> Optional.of("workspace.charged");
            case WorkspaceEvent.OwedSettled _ -> Optional.of("workspace.owed_settled");
            case WorkspaceEvent.CreditsExhausted _ -> Optional.of("workspace.credits_exhausted");
            case WorkspaceEvent.CreditsRestored _ -> Optional.of("workspace.credits_restored");
            case WorkspaceEvent.WorkspaceRegistered _,
                    WorkspaceEvent.WorkspaceChanged _,
                    WorkspaceEvent.WorkspaceThresholdsChanged _,
                    WorkspaceEvent.NodeAdmitted _,
                    WorkspaceEvent.NodeReleased _,
                    WorkspaceEvent.CreditHoldReleased _,
                    WorkspaceEvent.CreditHoldRenewed _,
                    WorkspaceEvent.TransitionBegun _,
                    WorkspaceEvent.TransitionOpened _,
                    WorkspaceEvent.PlacementChanged _,
                    WorkspaceEvent.TransitionEnded _ -> Optional.empty();
        };
    }

    /** The word of a webhook endpoint's event: of what the platform does to it, since people know what they do themselves. */
    public static Optional<String> of(WebhookEvent event) {
        return switch (event) {
            case WebhookEvent.WebhookEndpointDisabled _ -> Optional.of("webhook.disabled");
            case WebhookEvent.WebhookEndpointCreated _,
                    WebhookEvent.WebhookEndpointChanged _,
                    WebhookEvent.WebhookSecretRotated _,
                    WebhookEvent.WebhookEndpointDeleted _ -> Optional.empty();
        };
    }

    /** The word of a transition's event; of what only the transition needs to know, the audit's. */
    public static String of(TransitionEvent event) {
        return switch (event) {
            case TransitionEvent.DedicatedTransitionStarted _, TransitionEvent.SharedTransitionStarted _ ->
                "transition.started";
            case TransitionEvent.SharedTransitionScheduled _ -> "transition.scheduled";
            case TransitionEvent.WindowChanged _ -> "transition.window_changed";
            case TransitionEvent.NodesReserved _ -> "transition.nodes_reserved";
            case TransitionEvent.TransitionNodeReady _ -> "transition.node_ready";
            case TransitionEvent.BackupStarted _ -> "transition.backup_started";
            case TransitionEvent.NodeBackedUp _ -> "transition.node_backed_up";
            case TransitionEvent.MigrationStarted _ -> "transition.migration_started";
            case TransitionEvent.TransitionNodeDrained _ -> "transition.node_drained";
            case TransitionEvent.WorkloadsMoved _ -> "transition.workloads_moved";
            case TransitionEvent.PlacementSwitched _ -> "transition.placement_switched";
            case TransitionEvent.TransitionNodeRemoved _ -> "transition.node_removed";
            case TransitionEvent.TransitionPaused _ -> "transition.paused";
            case TransitionEvent.TransitionResumed _ -> "transition.resumed";
            case TransitionEvent.TransitionTurnedBack _ -> "transition.turned_back";
            case TransitionEvent.WorkloadsMovedBack _ -> "transition.workloads_moved_back";
            case TransitionEvent.NodesGivenBack _ -> "transition.nodes_given_back";
            case TransitionEvent.TransitionDelayed _ -> "transition.delayed";
            case TransitionEvent.TransitionNeedsAttention _ -> "transition.needs_attention";
            case TransitionEvent.TransitionCompleted _ -> "transition.completed";
            case TransitionEvent.TransitionFailed _ -> "transition.failed";
            case TransitionEvent.TransitionCancelled _ -> "transition.cancelled";
        };
    }
}
