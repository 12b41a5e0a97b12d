package io.nodeledger.events.external;

import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a transition's event says beyond what every event says: names and units of the API. */
final class TransitionDetails {
    private TransitionDetails() {}

    static Map<String, Object> of(TransitionEvent happened) {
        return switch (happened) {
            case TransitionEvent.DedicatedTransitionStarted event ->
                Map.of(
                        "node_plan", event.planId(),
                        "region", event.region(),
                        "hourly_rate", event.hourlyRate(),
                        "nodes",
                                event.nodes().stream()
                                        .map(TransitionNode::nodeId)
                                        .toList(),
                        "estimated_completion", event.estimatedEndAt());
            case TransitionEvent.SharedTransitionScheduled event -> scheduled(event);
            case TransitionEvent.WindowChanged event -> Map.of("maintenance_window", window(event.window()));
            case TransitionEvent.SharedTransitionStarted event -> Map.of("nodes", event.nodes());
            case TransitionEvent.TransitionNodeReady event -> Map.of("node_id", event.nodeId());
            case TransitionEvent.NodeBackedUp event ->
                Map.of("node_id", event.nodeId(), "volume_id", event.volumeId(), "size_bytes", event.bytes());
            case TransitionEvent.MigrationStarted event -> Map.of("unmanaged_pods", event.unmanaged());
            case TransitionEvent.TransitionNodeDrained event -> Map.of("node_id", event.nodeId());
            case TransitionEvent.WorkloadsMoved event -> Map.of("pods", event.pods());
            case TransitionEvent.PlacementSwitched event ->
                Map.of("placement", event.placement().word());
            case TransitionEvent.TransitionNodeRemoved event -> Map.of("node_id", event.nodeId());
            case TransitionEvent.TransitionPaused event -> Map.of("reason", event.reason(), "until", event.until());
            case TransitionEvent.TransitionTurnedBack event -> Map.of("code", event.code(), "reason", event.reason());
            case TransitionEvent.TransitionNeedsAttention event ->
                Map.of("stage", event.stage().word(), "reason", event.reason());
            case TransitionEvent.TransitionFailed event -> Map.of("code", event.code(), "reason", event.reason());
            case TransitionEvent.TransitionResumed _,
                    TransitionEvent.WorkloadsMovedBack _,
                    TransitionEvent.TransitionCompleted _,
                    TransitionEvent.TransitionCancelled _ -> Map.of();
            case TransitionEvent.Internal event ->
                throw new IllegalArgumentException(event.getClass().getSimpleName() + " is internal and never leaves");
        };
    }

    private static Map<String, Object> scheduled(TransitionEvent.SharedTransitionScheduled event) {
        var details = new LinkedHashMap<String, Object>();
        var window = event.window();
        if (window != null) {
            details.put("maintenance_window", window(window));
        }
        details.put("backup_before_migration", event.backup());
        details.put("nodes", event.nodes());
        details.put("estimated_duration_seconds", event.estimatedSeconds());
        return details;
    }

    private static Map<String, Object> window(MaintenanceWindow window) {
        return Map.of("start", window.start(), "end", window.end());
    }
}
