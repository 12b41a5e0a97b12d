package io.nodeledger.events.node;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can happen to a node. The first group is its lifecycle: these leave the system one to one, with the
 * same id. The {@link Progress} events are internal: they show in operations, and in the audit on request (source:
 * rulings 9). {@code effectiveAt} is in milliseconds and never before the stream's previous event (rulings 12).
 */
public sealed interface NodeEvent
        permits NodeEvent.NodeProvisioningStarted,
                NodeEvent.NodeProvisioningRetried,
                NodeEvent.NodeProvisioningCompleted,
                NodeEvent.NodeProvisioningFailed,
                NodeEvent.CancellationRequested,
                NodeEvent.OperationCancelled,
                NodeEvent.NodeDeletionStarted,
                NodeEvent.NodeDeletionForced,
                NodeEvent.NodeDeleted,
                NodeEvent.NodeDeletionFailed,
                NodeEvent.NodeNeedsAttention,
                NodeEvent.Observed,
                NodeEvent.Progress,
                MembershipEvent,
                PowerEvent,
                SettingsEvent,
                UpdateEvent {
    /** The node it happened to. */
    String nodeId();

    /** When it happened, in milliseconds. */
    Instant effectiveAt();

    /** An internal step of an operation. */
    sealed interface Progress extends NodeEvent {
        /** The operation that made progress. */
        String operationId();

        /** Its step. */
        Step step();

        /** Which attempt at the step, from 1. */
        int attempt();
    }

    /** A workspace asked for a node and was admitted: name, place and credits are reserved. */
    @Revision("1")
    record NodeProvisioningStarted(
            String nodeId,
            String workspaceId,
            String operationId,
            String name,
            String region,
            String provider,
            PlanTerms terms,
            Map<String, String> labels,
            List<Taint> taints,
            BigDecimal creditHold,
            Instant estimatedReadyAt,
            Instant effectiveAt)
            implements NodeEvent {}

    /** The node is Ready in Kubernetes; from now on it is billed. */
    @Revision("1")
    record NodeProvisioningCompleted(
            String nodeId, String workspaceId, String operationId, KubernetesFacts kubernetes, Instant effectiveAt)
            implements NodeEvent {}

    /** Provisioning failed and everything that it had made is gone again; the node is in error, without a machine. */
    @Revision("1")
    record NodeProvisioningFailed(
            String nodeId,
            String workspaceId,
            String operationId,
            Step failedStep,
            String code,
            String reason,
            Instant effectiveAt)
            implements NodeEvent {}

    /** A running operation was called off before it ended. */
    @Revision("1")
    record OperationCancelled(
            String nodeId,
            String workspaceId,
            String operationId,
            OperationType type,
            String reason,
            Instant effectiveAt)
            implements NodeEvent {}

    /** The node is to go, with its workloads moved away first unless forced. */
    @Revision("1")
    record NodeDeletionStarted(
            String nodeId,
            String workspaceId,
            String operationId,
            NodeStatus formerStatus,
            boolean force,
            int drainTimeoutSeconds,
            Instant estimatedEndAt,
            Instant effectiveAt)
            implements NodeEvent {}

    /** A running deletion was told not to wait for workloads any longer. */
    @Revision("1")
    record NodeDeletionForced(String nodeId, String workspaceId, String operationId, Instant effectiveAt)
            implements NodeEvent {}

    /** Provisioning, which had failed and been undone, begins anew on the same terms. */
    @Revision("1")
    record NodeProvisioningRetried(
            String nodeId,
            String workspaceId,
            String operationId,
            BigDecimal creditHold,
            Instant estimatedReadyAt,
            Instant effectiveAt)
            implements NodeEvent {}

    /** A caller called a running operation off; what it has done is undone, and then it ends as cancelled. */
    @Revision("1")
    record CancellationRequested(
            String nodeId,
            String workspaceId,
            String operationId,
            OperationType type,
            Step step,
            String reason,
            Instant effectiveAt)
            implements NodeEvent {
        /** The code with which an operation that was called off ends. */
        public static final String CODE = "OPERATION_CANCELLED";
    }

    /** Machine and Kubernetes node are gone; nothing is billed from here on. */
    @Revision("1")
    record NodeDeleted(String nodeId, String workspaceId, String operationId, String name, Instant effectiveAt)
            implements NodeEvent {}

    /** The deletion failed and the node is back in its former status. */
    @Revision("1")
    record NodeDeletionFailed(
            String nodeId,
            String workspaceId,
            String operationId,
            NodeStatus status,
            Step failedStep,
            String code,
            String reason,
            Instant effectiveAt)
            implements NodeEvent {}

    /** Nothing more can be done automatically; a person has to look. The operation has ended as failed. */
    @Revision("1")
    record NodeNeedsAttention(
            String nodeId,
            String workspaceId,
            String operationId,
            Step failedStep,
            String code,
            String reason,
            Instant effectiveAt)
            implements NodeEvent {}

    /**
     * Something was found to have happened outside, behind the platform's back, or was put right because of that. Part
     * of the lifecycle: these leave the system too.
     */
    sealed interface Observed extends NodeEvent
            permits MachineVanished,
                    MachineFoundOff,
                    MachineFoundOn,
                    MachineMigrated,
                    KubernetesNodeLost,
                    KubernetesNodeRenamed,
                    KubernetesNodeRecovered,
                    OrphanMachineRemoved,
                    OrphanKubernetesNodeRemoved,
                    HealthEvent {
        /** The workspace that owns the node. */
        String workspaceId();
    }

    /**
     * The node's machine is nowhere in its cluster any more; the node is in error, without a machine.
     *
     * @param lastSeenAt when the machine was last known to exist: what was billed after that has no ground
     */
    @Revision("1")
    record MachineVanished(
            String nodeId, String workspaceId, int vmId, String host, Instant lastSeenAt, Instant effectiveAt)
            implements Observed {}

    /** The machine of a running node was found powered off; the node is stopped. */
    @Revision("1")
    record MachineFoundOff(String nodeId, String workspaceId, int vmId, String host, Instant effectiveAt)
            implements Observed {}

    /** The machine of a stopped node was found powered on; the node runs. */
    @Revision("1")
    record MachineFoundOn(String nodeId, String workspaceId, int vmId, String host, Instant effectiveAt)
            implements Observed {}

    /** The machine was found on another host; nothing else has changed. */
    @Revision("1")
    record MachineMigrated(
            String nodeId, String workspaceId, int vmId, String formerHost, String host, Instant effectiveAt)
            implements Observed {}

    /** The Kubernetes node is gone while the node lives; said once until it comes back. */
    @Revision("1")
    record KubernetesNodeLost(String nodeId, String workspaceId, String kubernetesName, Instant effectiveAt)
            implements Observed {}

    /** The machine was found in its cluster under another name than the platform's. */
    @Revision("1")
    record KubernetesNodeRenamed(
            String nodeId, String workspaceId, String kubernetesName, String foundName, Instant effectiveAt)
            implements Observed {}

    /** The Kubernetes node is there again, maybe as a new object under the same name. */
    @Revision("1")
    record KubernetesNodeRecovered(String nodeId, String workspaceId, KubernetesFacts kubernetes, Instant effectiveAt)
            implements Observed {}

    /** A machine that was left over from the node, which has ended or lost it, was destroyed. */
    @Revision("1")
    record OrphanMachineRemoved(String nodeId, String workspaceId, int vmId, String host, Instant effectiveAt)
            implements Observed {}

    /** A Kubernetes node that was left over from the node, which has ended or lost its machine, was deleted. */
    @Revision("1")
    record OrphanKubernetesNodeRemoved(
            String nodeId, String workspaceId, String kubernetesName, String uid, Instant effectiveAt)
            implements Observed {}

    /** Host and machine id were chosen; recorded before anything is created. */
    @Revision("1")
    record MachineAllocated(
            String nodeId,
            String operationId,
            Step step,
            int attempt,
            String host,
            int vmId,
            String storage,
            Instant startedAt,
            Instant effectiveAt)
            implements Progress {}

    /** The recorded machine id turned out to be somebody else's and is never used again. */
    @Revision("1")
    record MachineIdBurnt(
            String nodeId, String operationId, Step step, int attempt, int vmId, String reason, Instant effectiveAt)
            implements Progress {}

    /** The provider works on the step; recorded before it is waited for. */
    @Revision("1")
    record ProviderTaskStarted(
            String nodeId, String operationId, Step step, int attempt, String upid, Instant effectiveAt)
            implements Progress {}

    /** The step waits or will be tried again. */
    @Revision("1")
    record StepDelayed(String nodeId, String operationId, Step step, int attempt, String reason, Instant effectiveAt)
            implements Progress {}

    /** The step is done. */
    @Revision("1")
    record StepSucceeded(
            String nodeId,
            String operationId,
            Step step,
            int attempt,
            @Nullable String detail,
            Instant startedAt,
            Instant effectiveAt)
            implements Progress {}

    /** The machine's addresses are known. */
    @Revision("1")
    record MachineAddressed(
            String nodeId,
            String operationId,
            Step step,
            int attempt,
            String privateAddress,
            @Nullable String publicAddress,
            Instant startedAt,
            Instant effectiveAt)
            implements Progress {}

    /** The Kubernetes node of a machine that was powered on again is Ready. */
    @Revision("1")
    record KubernetesNodeReady(
            String nodeId,
            String operationId,
            Step step,
            int attempt,
            KubernetesFacts kubernetes,
            Instant startedAt,
            Instant effectiveAt)
            implements Progress {}

    /**
     * An operation that turned back has looked at what its machine really does.
     *
     * @param assumed whether nobody could look, and it is what the machine did before the operation, which had not
     *     touched it
     */
    @Revision("1")
    record MachineInspected(
            String nodeId,
            String operationId,
            Step step,
            int attempt,
            MachinePower power,
            boolean assumed,
            Instant startedAt,
            Instant effectiveAt)
            implements Progress {}

    /** The step failed for good; the operation is undone from here. */
    @Revision("1")
    record StepFailed(
            String nodeId,
            String operationId,
            Step step,
            int attempt,
            String code,
            String reason,
            Instant startedAt,
            Instant effectiveAt)
            implements Progress {}
}
