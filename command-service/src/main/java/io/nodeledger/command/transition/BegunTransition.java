package io.nodeledger.command.transition;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.base.web.Money;
import io.nodeledger.base.web.ProseDuration;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.transition.TransitionNode;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The answer to an accepted transition (source: contract, "Plan Transitions").
 *
 * @param nodesBeingProvisioned all new nodes, on the way to dedicated ones
 * @param estimatedCompletion when the workspace will probably run on them
 * @param estimatedDuration how long giving nodes up will probably take, in prose, and in seconds
 * @param scheduledStart when that begins
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record BegunTransition(
        String transitionId,
        String status,
        @Nullable List<NewNode> nodesBeingProvisioned,
        @Nullable Instant estimatedCompletion,
        @Nullable String estimatedDuration,
        @Nullable Long estimatedDurationSeconds,
        @Nullable Instant scheduledStart,
        @Nullable CostImpact costImpact) {
    private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(720);

    /** A node that is being made. */
    @JsonNaming(SnakeCaseStrategy.class)
    record NewNode(String nodeId, String plan, String status) {}

    /**
     * What it costs more or less, USD per month of 720 hours.
     *
     * @param effectiveDate an estimate: nodes are paid for from when they are ready, which is before workloads run on them, until
     *     they are gone
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CostImpact(
            @Nullable BigDecimal additionalCostPerMonth,
            @Nullable BigDecimal savingsPerMonth,
            Instant effectiveDate) {}

    /** Of one whose nodes are being made. */
    static BegunTransition dedicated(TransitionRecord begun) {
        List<TransitionNode> nodes = begun.members().stream()
                .map(Member::node)
                .map(Objects::requireNonNull)
                .toList();
        BigDecimal rates = nodes.stream().map(TransitionNode::hourlyRate).reduce(BigDecimal.ZERO, BigDecimal::add);
        Instant begin = begun.times().createdAt();
        return new BegunTransition(
                begun.id(),
                begun.status().word(),
                nodes.stream()
                        .map(node -> new NewNode(node.nodeId(), node.planId(), NodeStatus.PROVISIONING.word()))
                        .toList(),
                begin.plusSeconds(begun.plan().estimatedSeconds()),
                null,
                null,
                null,
                new CostImpact(
                        month(rates),
                        null,
                        begin.plusSeconds(begun.plan().durations().provision())));
    }

    /** Of one that is scheduled. {@code rates} are its nodes' together, USD per hour. */
    static BegunTransition shared(TransitionRecord scheduled, BigDecimal rates) {
        long seconds = scheduled.plan().estimatedSeconds();
        var window = scheduled.window();
        Instant start = window == null ? scheduled.times().createdAt() : window.start();
        return new BegunTransition(
                scheduled.id(),
                scheduled.status().word(),
                null,
                null,
                ProseDuration.of(Duration.ofSeconds(seconds)),
                seconds,
                start,
                new CostImpact(null, month(rates), start.plusSeconds(seconds)));
    }

    private static BigDecimal month(BigDecimal rates) {
        return Money.shown(rates.multiply(HOURS_OF_A_MONTH));
    }
}
