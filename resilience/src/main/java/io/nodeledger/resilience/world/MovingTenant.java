package io.nodeledger.resilience.world;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand;
import io.nodeledger.events.node.NodeCommand.UpdateNode;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionCommand.CancelTransition;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.workspace.WorkspaceCommand.BeginDedicatedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.ScheduleSharedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.WishedNode;
import io.nodeledger.events.workspace.WorkspacePlan;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked for a workspace that moves between shared and dedicated nodes. */
public record MovingTenant(String workspace, MigrationStrategy strategy, InstantSource clock) {
    private static final int SECONDS = 60;

    /** Makes the workspace; its namespace has its name. */
    public PutWorkspace put() {
        return new PutWorkspace(workspace, WorkspacePlan.ENTERPRISE, World.REGION, null, null, false, clock.instant());
    }

    /** Adds enough for everything. */
    public GrantCredits grant() {
        return new GrantCredits(workspace, new BigDecimal("1000000"), null, clock.instant());
    }

    /** Asks for nodes of its own. */
    public BeginDedicatedTransition toDedicated(String transitionId, List<String> nodes) {
        return new BeginDedicatedTransition(
                workspace,
                transitionId,
                strategy,
                World.REGION,
                Tenant.PLAIN,
                List.of(World.REGION),
                Map.of(),
                Map.of("environment", "moves"),
                nodes.stream()
                        .map(id -> new WishedNode(id, Ids.task(), "n" + id.substring(id.length() - 20)))
                        .toList(),
                TransitionDurations.USUAL,
                clock.instant());
    }

    /** Asks to give them up, at once and with backups. */
    public ScheduleSharedTransition toShared(String transitionId) {
        return new ScheduleSharedTransition(
                workspace, transitionId, strategy, null, true, TransitionDurations.USUAL, clock.instant());
    }

    /** Calls a transition off. */
    public CancelTransition cancel(String transitionId) {
        return new CancelTransition(transitionId, workspace, clock.instant());
    }

    /** Asks for another label on a node of its own. */
    public NodeCommand relabel(String nodeId) {
        return new UpdateNode(
                nodeId,
                workspace,
                Ids.operation(),
                Map.of("tier", Optional.of("moved")),
                null,
                VersionCondition.ANY,
                SECONDS,
                clock.instant());
    }
}
