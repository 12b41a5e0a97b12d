package io.nodeledger.query.transition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A transition in the shape of the API (source: contract, "Plan Transitions").
 *
 * @param type {@code dedicated} or {@code shared}: where the workspace moves
 * @param stage what it is at; absent when it has ended
 * @param pausedUntil while it waits for another window, when it is undone if there is none
 * @param maintenanceWindow in which workloads may be disturbed; absent when at any time
 * @param backupBeforeMigration absent of one to dedicated nodes
 * @param scheduledStart when it begins or was to begin; absent of one to dedicated nodes
 * @param estimatedDuration in prose, of one to shared nodes
 * @param estimatedDurationSeconds the same
 * @param estimatedCompletion while it gets on towards where it was to
 * @param costImpact absent of one that is or was undone
 * @param nodesBeingProvisioned nodes that are made for it, absent of one to shared nodes
 * @param nodes all of its nodes
 * @param workloads what it moves and how far it is; absent in lists
 * @param unmanagedPods pods that nobody would start elsewhere; they stay where they are
 * @param waitingFor what it waits for, absent while it gets on
 * @param rollingBack true while what was done is undone, absent otherwise
 * @param failure why it is or was undone
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransitionView(
        String transitionId,
        String type,
        String status,
        @Nullable String stage,
        String migrationStrategy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant switchedAt,
        @Nullable Instant endedAt,
        @Nullable Instant pausedUntil,
        @Nullable Window maintenanceWindow,
        @Nullable Boolean backupBeforeMigration,
        @Nullable Instant scheduledStart,
        @Nullable String estimatedDuration,
        @Nullable Long estimatedDurationSeconds,
        @Nullable Instant estimatedCompletion,
        @Nullable CostImpact costImpact,
        @Nullable List<NewNode> nodesBeingProvisioned,
        List<Node> nodes,
        @Nullable List<Workload> workloads,
        List<String> unmanagedPods,
        @Nullable WaitingFor waitingFor,
        @Nullable Boolean rollingBack,
        @Nullable Failure failure) {

    /** When workloads may be disturbed. */
    public record Window(Instant start, Instant end) {}

    /**
     * What the move costs more or less.
     *
     * @param additionalCostPerMonth USD in 720 hours, of one to dedicated nodes
     * @param savingsPerMonth the same, of one to shared nodes
     * @param effectiveDate from when on; an estimate until then
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CostImpact(
            @Nullable BigDecimal additionalCostPerMonth,
            @Nullable BigDecimal savingsPerMonth,
            Instant effectiveDate,
            String currency) {}

    /** A node that is made for it, in the contract's shape. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record NewNode(String nodeId, String plan, String status) {}

    /**
     * A node of it.
     *
     * @param progress how far it has come in the transition
     * @param status the node's own status now
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Node(
            String nodeId,
            @Nullable String name,
            @Nullable String plan,
            @Nullable String region,
            String progress,
            @Nullable String status,
            @Nullable Backup backup) {}

    /** A machine's backup. {@code volumeId} is its name at the provider. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Backup(String volumeId, long sizeBytes) {}

    /** Pods of one controller: all, those that are where they are to go, and of these the ready ones. */
    public record Workload(String region, String namespace, String kind, String name, int pods, int moved, int ready) {}

    /** What it waits for. {@code needsAttention} when only a person can help. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record WaitingFor(String stage, String reason, boolean needsAttention) {}

    /** Why it is undone. */
    public record Failure(String stage, String code, String reason) {}
}
