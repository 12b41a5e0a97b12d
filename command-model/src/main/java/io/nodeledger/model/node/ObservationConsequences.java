package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeLost;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRecovered;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRenamed;
import io.nodeledger.events.node.NodeEvent.MachineFoundOff;
import io.nodeledger.events.node.NodeEvent.MachineFoundOn;
import io.nodeledger.events.node.NodeEvent.MachineMigrated;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.OrphanKubernetesNodeRemoved;
import io.nodeledger.events.node.NodeEvent.OrphanMachineRemoved;
import io.nodeledger.events.node.Observation;
import io.nodeledger.model.node.Footprint.Incident;
import io.nodeledger.model.node.Footprint.KubernetesNode;
import io.nodeledger.model.node.Footprint.Machine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an observation means for a node (source: rulings, "State machine"). Empty when it changes nothing: the node knows
 * it already, or is in a state in which it can't be so, as during an operation.
 */
record ObservationConsequences(NodeSnapshot node, Instant at) {
    Optional<NodeEvent> of(Observation observation) {
        String nodeId = node.id();
        String workspaceId = node.workspaceId();
        NodeState state = node.state();
        Footprint footprint = node.footprint();
        return switch (observation) {
            case Observation.MachineVanished(int vmId, String host, Instant lastSeenAt) ->
                when(
                        state.isSettled() && footprint.isMachine(vmId),
                        new MachineVanished(nodeId, workspaceId, vmId, host, notLater(lastSeenAt), at));
            case Observation.MachineOff(int vmId, String host) ->
                when(
                        state instanceof NodeState.Running && footprint.isMachine(vmId),
                        new MachineFoundOff(nodeId, workspaceId, vmId, host, at));
            case Observation.MachineOn(int vmId, String host) ->
                when(
                        state instanceof NodeState.Stopped && footprint.isMachine(vmId),
                        new MachineFoundOn(nodeId, workspaceId, vmId, host, at));
            case Observation.MachineMoved(int vmId, String host) -> moved(vmId, host);
            case Observation.KubernetesNodeMissing(String name) ->
                when(
                        joinedAs(known -> known.incident() != Incident.LOST),
                        new KubernetesNodeLost(nodeId, workspaceId, name, at));
            case Observation.KubernetesNodeRenamed(String name, String found) ->
                when(
                        joinedAs(known -> known.incident() != Incident.RENAMED),
                        new KubernetesNodeRenamed(nodeId, workspaceId, name, found, at));
            case Observation.KubernetesNodePresent(var facts) ->
                when(
                        joinedAs(known -> known.incident() != Incident.NONE
                                || !known.uid().equals(facts.uid())),
                        new KubernetesNodeRecovered(nodeId, workspaceId, facts, at));
            case Observation.OrphanMachineRemoved(int vmId, String host) ->
                when(
                        state.isWithoutMachine() && footprint.leftBehind(vmId),
                        new OrphanMachineRemoved(nodeId, workspaceId, vmId, host, at));
            case Observation.OrphanKubernetesNodeRemoved(String name, String uid) ->
                when(state.isWithoutMachine(), new OrphanKubernetesNodeRemoved(nodeId, workspaceId, name, uid, at));
            case Observation.OfHealth seen ->
                state instanceof NodeState.Running
                        ? node.incidents().after(seen, nodeId, workspaceId, at).map(NodeEvent.class::cast)
                        : Optional.empty();
        };
    }

    private Optional<NodeEvent> moved(int vmId, String host) {
        Machine known = node.footprint().machine();
        return node.state().isSettled()
                        && known != null
                        && known.vmId() == vmId
                        && !known.host().equals(host)
                ? Optional.of(new MachineMigrated(node.id(), node.workspaceId(), vmId, known.host(), host, at))
                : Optional.empty();
    }

    private static Optional<NodeEvent> when(boolean fits, NodeEvent event) {
        return fits ? Optional.of(event) : Optional.empty();
    }

    private boolean joinedAs(Predicate<KubernetesNode> known) {
        KubernetesNode joined = node.footprint().kubernetes();
        return node.state().isWell() && joined != null && known.test(joined);
    }

    private Instant notLater(Instant lastSeenAt) {
        Instant seen = lastSeenAt.truncatedTo(ChronoUnit.MILLIS);
        return seen.isAfter(at) ? at : seen;
    }
}
