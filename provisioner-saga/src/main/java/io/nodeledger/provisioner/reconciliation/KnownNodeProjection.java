package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.MembershipEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.OrphanKubernetesNodeRemoved;
import io.nodeledger.events.node.NodeEvent.OrphanMachineRemoved;
import io.nodeledger.events.node.NodeEvent.StepSucceeded;
import io.nodeledger.events.node.SettingsEvent;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceThresholdsChanged;
import io.nodeledger.provisioner.charging.OverdueWorkspaces;
import io.nodeledger.provisioner.incident.OpenIncidents;
import io.nodeledger.provisioner.incident.OwnThresholds;
import org.axonframework.eventhandling.EventHandler;

/** Keeps the table of live nodes, and what else follows from the same events, in one transaction with its processor's token. */
final class KnownNodeProjection {
    private final KnownNodes nodes;
    private final OperationDurations durations;
    private final OpenIncidents incidents;
    private final OwnThresholds thresholds;
    private final OverdueWorkspaces overdue;

    KnownNodeProjection(
            KnownNodes nodes,
            OperationDurations durations,
            OpenIncidents incidents,
            OwnThresholds thresholds,
            OverdueWorkspaces overdue) {
        this.nodes = nodes;
        this.durations = durations;
        this.incidents = incidents;
        this.thresholds = thresholds;
        this.overdue = overdue;
    }

    @EventHandler
    void on(NodeEvent event) {
        incidents.follow(event);
        thresholds.follow(event);
        switch (event) {
            case NodeProvisioningStarted started -> nodes.save(KnownNode.begin(started));
            case NodeDeleted deleted -> {
                durations.keep(known(event), event);
                nodes.forget(deleted.nodeId());
            }
            case NodeEvent.Progress step when !changesFootprint(step) -> {}
            case HealthEvent _, SettingsEvent _, MembershipEvent _ -> {}
            case OrphanMachineRemoved _, OrphanKubernetesNodeRemoved _ ->
                nodes.find(event.nodeId()).ifPresent(node -> nodes.save(node.after(event)));
            default -> {
                KnownNode before = known(event);
                durations.keep(before, event);
                nodes.save(before.after(event));
            }
        }
    }

    @EventHandler
    void on(WorkspaceEvent event) {
        overdue.follow(event);
        if (event instanceof WorkspaceThresholdsChanged changed) {
            thresholds.follow(changed);
        }
    }

    private KnownNode known(NodeEvent event) {
        return nodes.find(event.nodeId())
                .orElseThrow(() ->
                        new IllegalStateException(event.nodeId() + " goes on after its end, or before its beginning"));
    }

    /** Most of an operation's steps say nothing that is kept here, and cost no statement. */
    private static boolean changesFootprint(NodeEvent.Progress event) {
        return switch (event) {
            case NodeEvent.MachineAllocated _, NodeEvent.MachineIdBurnt _, NodeEvent.KubernetesNodeReady _ -> true;
            case StepSucceeded e -> e.step() == Step.REMOVE_FROM_KUBERNETES || e.step() == Step.VERIFY_GONE;
            default -> false;
        };
    }
}
