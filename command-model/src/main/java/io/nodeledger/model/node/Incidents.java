package io.nodeledger.model.node;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.HealthEvent.HealthCheckFailed;
import io.nodeledger.events.node.HealthEvent.HealthRecovered;
import io.nodeledger.events.node.HealthEvent.ThresholdCleared;
import io.nodeledger.events.node.HealthEvent.ThresholdExceeded;
import io.nodeledger.events.node.NodeResource;
import io.nodeledger.events.node.Observation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What of a running node's health has been told and is not over: an incident begins once and ends once.
 *
 * @param unhealthy whether it is known not to be well
 * @param exceeded the resources of which it is known to use too much
 */
record Incidents(boolean unhealthy, Set<NodeResource> exceeded) {
    static final Incidents NONE = new Incidents(false, Set.of());

    Incidents {
        exceeded = Set.copyOf(exceeded);
    }

    /** What an observation of a running node means; empty when it is no news. */
    Optional<HealthEvent> after(Observation.OfHealth seen, String nodeId, String workspaceId, Instant at) {
        Instant since = notLater(seen.since(), at);
        return switch (seen) {
            case Observation.Unhealthy(String code, String reason, Instant _) ->
                unhealthy
                        ? Optional.empty()
                        : Optional.of(new HealthCheckFailed(nodeId, workspaceId, code, reason, since, at));
            case Observation.Healthy _ ->
                unhealthy ? Optional.of(new HealthRecovered(nodeId, workspaceId, since, at)) : Optional.empty();
            case Observation.AboveThreshold above ->
                exceeded.contains(above.resource())
                        ? Optional.empty()
                        : Optional.of(new ThresholdExceeded(
                                nodeId,
                                workspaceId,
                                above.resource(),
                                above.threshold(),
                                above.percentage(),
                                since,
                                at));
            case Observation.BelowThreshold below ->
                exceeded.contains(below.resource())
                        ? Optional.of(new ThresholdCleared(
                                nodeId, workspaceId, below.resource(), below.percentage(), since, at))
                        : Optional.empty();
        };
    }

    Incidents after(HealthEvent event) {
        return switch (event) {
            case HealthCheckFailed _ -> new Incidents(true, exceeded);
            case HealthRecovered _ -> new Incidents(false, exceeded);
            case ThresholdExceeded e -> with(e.resource(), true);
            case ThresholdCleared e -> with(e.resource(), false);
        };
    }

    private Incidents with(NodeResource resource, boolean over) {
        var next = EnumSet.noneOf(NodeResource.class);
        next.addAll(exceeded);
        if (over) {
            next.add(resource);
        } else {
            next.remove(resource);
        }
        return new Incidents(unhealthy, next);
    }

    private static Instant notLater(Instant since, Instant at) {
        Instant seen = since.truncatedTo(ChronoUnit.MILLIS);
        return seen.isAfter(at) ? at : seen;
    }
}
