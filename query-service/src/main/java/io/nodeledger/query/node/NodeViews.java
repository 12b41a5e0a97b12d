package io.nodeledger.query.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.events.node.Taint;
import io.nodeledger.query.observed.ObservedWorkload.Application;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The shapes in which the API shows nodes (source: contract, "List Nodes" and "Get Node"). */
public final class NodeViews {
    private NodeViews() {}

    /**
     * A node in a list.
     *
     * @param usage null while the node has none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            String id,
            String name,
            String workspaceId,
            String planId,
            String status,
            String provider,
            String region,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant deletedAt,
            Size specs,
            @JsonInclude @Nullable UsageItem usage,
            Price cost) {}

    /**
     * A node by itself.
     *
     * @param applications absent unless they were observed lately
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Detail(
            String id,
            String name,
            String workspaceId,
            String planId,
            String status,
            @Nullable Reason statusReason,
            String provider,
            String region,
            Instant createdAt,
            Instant updatedAt,
            Specs specs,
            @JsonInclude @Nullable Usage usage,
            Kubernetes kubernetes,
            Network network,
            Cost cost,
            @Nullable List<Application> applications) {}

    /**
     * Why a node is in error, or why its last operation failed.
     *
     * @param needsAttention whether nobody but a person can go on from here
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Reason(String code, String message, boolean needsAttention) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Size(int cpuCores, int memoryGb, int storageGb) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Specs(int cpuCores, int memoryGb, int storageGb, String networkSpeed, String architecture) {}

    /** What a node was doing when it was last sampled. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record UsageItem(BigDecimal cpuPercentage, BigDecimal memoryPercentage, Instant sampledAt) {}

    /** What a node was doing when it was last sampled; what is not known is absent. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Usage(
            BigDecimal cpuPercentage,
            BigDecimal memoryPercentage,
            @Nullable BigDecimal storagePercentage,
            @Nullable BigDecimal networkInMbps,
            @Nullable BigDecimal networkOutMbps,
            @Nullable Long uptimeHours,
            Instant sampledAt) {}

    /** Quantities are absent until the node has joined. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Kubernetes(
            String nodeName,
            boolean ready,
            boolean schedulable,
            List<Taint> taints,
            Map<String, String> labels,
            @Nullable Map<String, String> allocatable,
            @Nullable Map<String, String> capacity) {}

    /** Addresses are absent until the machine has them. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Network(
            @Nullable String privateIp, @Nullable String publicIp, String hostname) {}

    /** USD; a month of an estimate has 720 hours. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Price(BigDecimal hourlyRate, BigDecimal monthlyEstimate) {}

    /** USD. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Cost(BigDecimal hourlyRate, BigDecimal monthlyEstimate, BigDecimal currentMonthCost) {}
}
