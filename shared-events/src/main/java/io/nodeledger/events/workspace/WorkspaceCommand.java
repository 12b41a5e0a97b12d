package io.nodeledger.events.workspace;

import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionDurations;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace can be told. The aggregate's stream is {@link #streamId}, because the store's unique key knows no
 * type and a tenant could name a workspace like a node.
 */
public sealed interface WorkspaceCommand {
    /** The workspace concerned. */
    String workspaceId();

    /** When the sender decided, in milliseconds. */
    Instant at();

    /** The workspace's stream. */
    @TargetAggregateIdentifier
    default String streamId() {
        return streamIdOf(workspaceId());
    }

    /** The stream of the workspace with this id. */
    static String streamIdOf(String workspaceId) {
        return "workspace:" + workspaceId;
    }

    /** Create the workspace, or make it what the command says. Answers {@link WorkspaceAnswer}. */
    record PutWorkspace(
            String workspaceId,
            WorkspacePlan plan,
            String region,
            @Nullable String namespace,
            @Nullable Integer maxNodes,
            boolean suspended,
            Instant at)
            implements WorkspaceCommand {}

    /** Add credits. Answers {@link WorkspaceAnswer}. */
    record GrantCredits(
            String workspaceId, BigDecimal amount, @Nullable String reason, Instant at) implements WorkspaceCommand {}

    /**
     * Charge what the workspace's nodes have cost by the end of a day and was not charged yet. A day that was charged is
     * not charged again. Answers {@link WorkspaceAnswer}.
     *
     * @param day in UTC
     * @param accrued what all of its nodes have cost from their beginning to the end of the day, USD
     * @param costs what each node cost on the day; says on whose holds may be drawn, and never how much is charged
     * @param grace how long nodes run on at least when credits run out by it
     * @param afterGrace what is done then
     */
    record ChargeWorkspace(
            String workspaceId,
            LocalDate day,
            BigDecimal accrued,
            Map<String, BigDecimal> costs,
            Duration grace,
            AfterGrace afterGrace,
            Instant at)
            implements WorkspaceCommand {}

    /**
     * Say whether running nodes are to be stopped: something is owed still, the grace is over, and that was announced for
     * that case. Changes nothing; asked because what others have read of the workspace may be old. Answers a {@code Boolean}.
     */
    record ConfirmOverdue(String workspaceId, Instant at) implements WorkspaceCommand {}

    /**
     * Set the thresholds of the workspace's nodes. Answers {@link WorkspaceAnswer}.
     *
     * @param thresholds all of them from now on
     */
    record SetWorkspaceThresholds(String workspaceId, Thresholds thresholds, Instant at) implements WorkspaceCommand {}

    /**
     * Admit and begin a node. Answers {@link ProvisionAnswer}.
     *
     * @param region the wished region, the workspace's own when absent
     * @param offeredIn regions in which the plan is offered
     * @param shortages regions that can't take a node of this size now, with the time at which they may again
     * @param estimatedSeconds how long provisioning takes of late
     */
    record ProvisionNode(
            String workspaceId,
            String nodeId,
            String operationId,
            String name,
            @Nullable String region,
            PlanTerms terms,
            List<String> offeredIn,
            Map<String, Instant> shortages,
            Map<String, String> labels,
            List<Taint> taints,
            long estimatedSeconds,
            Instant at)
            implements WorkspaceCommand {}

    /**
     * A node that a transition asks for.
     *
     * @param operationId id for its provisioning
     */
    record WishedNode(String nodeId, String operationId, String name) {}

    /**
     * Admit and begin nodes, all or none, and move the workspace to them. Answers {@link
     * io.nodeledger.events.transition.TransitionAnswer}.
     *
     * @param region the wished region, the workspace's own when absent
     * @param offeredIn regions in which the plan is offered
     * @param shortages regions that can't take that many nodes of this size now, with the time at which they may again
     */
    record BeginDedicatedTransition(
            String workspaceId,
            String transitionId,
            MigrationStrategy strategy,
            @Nullable String region,
            PlanTerms terms,
            List<String> offeredIn,
            Map<String, Instant> shortages,
            Map<String, String> labels,
            List<WishedNode> nodes,
            TransitionDurations durations,
            Instant at)
            implements WorkspaceCommand {}

    /**
     * Give all nodes up, in a window. Answers {@link io.nodeledger.events.transition.TransitionAnswer}.
     *
     * @param window at once and for as long as it takes when absent
     */
    record ScheduleSharedTransition(
            String workspaceId,
            String transitionId,
            MigrationStrategy strategy,
            @Nullable MaintenanceWindow window,
            boolean backup,
            TransitionDurations durations,
            Instant at)
            implements WorkspaceCommand {}
}
