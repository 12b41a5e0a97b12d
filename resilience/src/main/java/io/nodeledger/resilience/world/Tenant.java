package io.nodeledger.resilience.world;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeCommand.RecordObservation;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.Observation.MachineVanished;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What is asked for a workspace that pays for its nodes. Every command is of the moment at which it is made. */
public record Tenant(String workspace, InstantSource clock) {
    /** Stopped nodes of this plan cost more than running ones, so that a month's hold is spent within days. */
    public static final PlanTerms DEAR_WHEN_STOPPED = terms("0.0611", "0.9007");

    /** And this one within two days, together with that of another node. */
    public static final PlanTerms DEAREST_WHEN_STOPPED = terms("0.0611", "2.9007");

    /** Neither rate is whole in any unit of time. */
    public static final PlanTerms PLAIN = terms("0.0777", "0.0333");

    private static final int SECONDS = 60;
    private static final int DRAIN_SECONDS = 300;

    private static PlanTerms terms(String hourly, String stopped) {
        return new PlanTerms(
                "plan-dedicated-2c4g",
                new BigDecimal(hourly),
                new BigDecimal(stopped),
                new NodeSpecs(2, 4, 50, "1Gbps", "x86_64"));
    }

    /** Makes the workspace, or leaves it as it is. */
    public PutWorkspace put() {
        return new PutWorkspace(workspace, WorkspacePlan.ENTERPRISE, World.REGION, null, null, false, clock.instant());
    }

    /** Adds credits, told apart by their reason. */
    public GrantCredits grant(BigDecimal amount, String reason) {
        return new GrantCredits(workspace, amount, reason, clock.instant());
    }

    /** Asks for a node. */
    public ProvisionNode provision(String nodeId, PlanTerms terms) {
        return new ProvisionNode(
                workspace,
                nodeId,
                Ids.task(),
                "n" + nodeId.substring(nodeId.length() - 20),
                World.REGION,
                terms,
                List.of(World.REGION),
                Map.of(),
                Map.of("environment", "charges"),
                List.of(),
                SECONDS,
                clock.instant());
    }

    /** Asks for a node to be stopped. */
    public NodeCommand stop(String nodeId) {
        return new StopNode(
                nodeId,
                workspace,
                Ids.operation(),
                true,
                false,
                DRAIN_SECONDS,
                VersionCondition.ANY,
                SECONDS,
                clock.instant());
    }

    /** Asks for a node's deletion. */
    public NodeCommand delete(String nodeId) {
        return new DeleteNode(nodeId, workspace, Ids.task(), false, DRAIN_SECONDS, SECONDS, clock.instant());
    }

    /**
     * Tells a node that its machine is gone, as the reconciler does.
     *
     * @param sequence the last event of the node's stream
     */
    public NodeCommand vanished(String nodeId, long sequence, int vmId, String host, Instant lastSeenAt) {
        return new RecordObservation(
                nodeId, workspace, sequence, new MachineVanished(vmId, host, lastSeenAt), clock.instant());
    }
}
