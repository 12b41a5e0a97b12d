package io.nodeledger.events.external;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MembershipEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.SettingsEvent;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.events.operation.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event says beyond what every event says: names and units of the API, times in RFC 3339, amounts as numbers. */
final class NoticeDetails {
    private NoticeDetails() {}

    static Map<String, Object> of(NodeEvent happened) {
        return switch (happened) {
            case NodeEvent.NodeProvisioningStarted event ->
                Map.of(
                        "hourly_rate", event.terms().hourlyRate(),
                        "estimated_ready_time", event.estimatedReadyAt());
            case NodeEvent.NodeProvisioningRetried event -> Map.of("estimated_ready_time", event.estimatedReadyAt());
            case NodeEvent.NodeProvisioningCompleted event -> kubernetes(event.kubernetes());
            case NodeEvent.NodeProvisioningFailed event -> failure(event.failedStep(), event.code(), event.reason());
            case NodeEvent.CancellationRequested event ->
                Map.of("operation_type", event.type().word(), "reason", event.reason());
            case NodeEvent.OperationCancelled event ->
                Map.of("operation_type", event.type().word(), "reason", event.reason());
            case NodeEvent.NodeDeletionStarted event ->
                Map.of(
                        "force", event.force(),
                        "drain_timeout_seconds", event.drainTimeoutSeconds(),
                        "estimated_end_time", event.estimatedEndAt());
            case NodeEvent.NodeDeletionForced _, NodeEvent.NodeDeleted _ -> Map.of();
            case NodeEvent.NodeDeletionFailed event -> failure(event.failedStep(), event.code(), event.reason());
            case NodeEvent.NodeNeedsAttention event -> failure(event.failedStep(), event.code(), event.reason());
            case NodeEvent.Observed event -> observed(event);
            case PowerEvent event -> power(event);
            case UpdateEvent event -> update(event);
            case MembershipEvent event -> Map.of("transition_id", event.transitionId());
            case SettingsEvent.NodeThresholdsChanged event -> Map.of("thresholds", thresholds(event.thresholds()));
            case NodeEvent.Progress step ->
                throw new IllegalArgumentException(step.getClass().getSimpleName() + " is internal and never leaves");
        };
    }

    private static Map<String, Object> observed(NodeEvent.Observed happened) {
        return switch (happened) {
            case NodeEvent.MachineVanished event -> Map.of("last_seen_at", event.lastSeenAt());
            case NodeEvent.MachineMigrated event -> Map.of("former_host", event.formerHost(), "host", event.host());
            case NodeEvent.MachineFoundOff _, NodeEvent.MachineFoundOn _, NodeEvent.OrphanMachineRemoved _ -> Map.of();
            case NodeEvent.KubernetesNodeLost event -> Map.of("kubernetes_node", event.kubernetesName());
            case NodeEvent.KubernetesNodeRenamed event ->
                Map.of("kubernetes_node", event.kubernetesName(), "found_as", event.foundName());
            case NodeEvent.KubernetesNodeRecovered event -> kubernetes(event.kubernetes());
            case NodeEvent.OrphanKubernetesNodeRemoved event -> Map.of("kubernetes_node", event.kubernetesName());
            case HealthEvent.HealthCheckFailed event ->
                Map.of("code", event.code(), "reason", event.reason(), "since", event.since());
            case HealthEvent.HealthRecovered event -> Map.of("since", event.since());
            case HealthEvent.ThresholdExceeded event ->
                Map.of(
                        "resource", event.resource().word(),
                        "threshold_percentage", event.threshold(),
                        "percentage", event.percentage(),
                        "since", event.since());
            case HealthEvent.ThresholdCleared event ->
                Map.of(
                        "resource", event.resource().word(),
                        "percentage", event.percentage(),
                        "since", event.since());
        };
    }

    private static Map<String, Object> power(PowerEvent happened) {
        return switch (happened) {
            case PowerEvent.PowerOperationStarted event ->
                Map.of(
                        "drain", event.drain(),
                        "force", event.force(),
                        "drain_timeout_seconds", event.drainTimeoutSeconds(),
                        "estimated_end_time", event.estimatedEndAt());
            case PowerEvent.NodeStarted _, PowerEvent.NodeStopped _, PowerEvent.NodeRebooted _ -> Map.of();
            case PowerEvent.PowerOperationFailed event -> failure(event.failedStep(), event.code(), event.reason());
        };
    }

    private static Map<String, Object> update(UpdateEvent happened) {
        return switch (happened) {
            case UpdateEvent.NodeUpdateStarted event -> Map.of("labels", event.labels(), "taints", event.taints());
            case UpdateEvent.NodeUpdated _ -> Map.of();
            case UpdateEvent.NodeUpdateFailed event -> failure(event.failedStep(), event.code(), event.reason());
        };
    }

    private static Map<String, Object> failure(Step step, String code, String reason) {
        return Map.of("failed_step", step.word(), "code", code, "reason", reason);
    }

    private static Map<String, Object> kubernetes(KubernetesFacts facts) {
        return Map.of("kubernetes_node", facts.nodeName());
    }

    private static Map<String, Object> thresholds(Thresholds set) {
        var shown = new LinkedHashMap<String, Object>();
        put(shown, "cpu", set.cpu());
        put(shown, "memory", set.memory());
        put(shown, "storage", set.storage());
        return shown;
    }

    private static void put(Map<String, Object> shown, String resource, @Nullable Threshold threshold) {
        if (threshold != null) {
            shown.put(
                    resource,
                    Map.<String, Object>of(
                            "percentage", threshold.percentage(), "for_seconds", threshold.forSeconds()));
        }
    }
}
