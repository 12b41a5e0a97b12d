package io.nodeledger.query.audit;

import io.nodeledger.events.node.NodeEvent;

/** The word under which an event is known outside (source: contract, "Webhooks"; API decisions, "Shapes fixed here"). */
final class AuditType {
    private AuditType() {}

    static String of(NodeEvent event) {
        return switch (event) {
            case NodeEvent.NodeProvisioningStarted _ -> "node.provisioning_started";
            case NodeEvent.NodeProvisioningCompleted _ -> "node.provisioning_completed";
            case NodeEvent.NodeProvisioningFailed _ -> "node.provisioning_failed";
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
            case NodeEvent.StepFailed _ -> "node.step_failed";
        };
    }
}
