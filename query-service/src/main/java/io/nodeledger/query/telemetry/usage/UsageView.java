package io.nodeledger.query.telemetry.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.query.telemetry.LatestSample;
import io.nodeledger.query.telemetry.Measure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What the nodes of a workspace use together (source: contract, "Get Workspace Resource Usage"). Sizes are those of all live
 * nodes; usage is that of the running ones of which a fresh sample is known, as a part of what these have.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record UsageView(Summary summary, Usage usage, List<OfNode> byNode) {

    /**
     * All live nodes together.
     *
     * @param sampledNodes how many nodes are in the usage
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Summary(
            int totalNodes,
            int runningNodes,
            int sampledNodes,
            int totalCpuCores,
            int totalMemoryGb,
            int totalStorageGb) {}

    /** Each is absent while it is known of no node. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Usage(
            @Nullable Cores cpu,
            @Nullable Bytes memory,
            @Nullable Bytes storage) {}

    /** Virtual CPUs in use, and their part of all. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Cores(BigDecimal usedCores, BigDecimal percentage) {}

    /** GiB in use, and their part of all. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Bytes(BigDecimal usedGb, BigDecimal percentage) {}

    /** One node; percentages are absent while they are not known. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfNode(
            String nodeId,
            String name,
            String status,
            @Nullable BigDecimal cpuPercentage,
            @Nullable BigDecimal memoryPercentage,
            @Nullable BigDecimal storagePercentage,
            @Nullable Instant sampledAt) {}

    /** @param samples by node, of running ones */
    static UsageView of(List<SizedNode> nodes, Map<String, LatestSample> samples) {
        return new UsageView(
                new Summary(
                        nodes.size(),
                        (int) nodes.stream().filter(SizedNode::runs).count(),
                        samples.size(),
                        nodes.stream().mapToInt(SizedNode::cpuCores).sum(),
                        nodes.stream().mapToInt(SizedNode::memoryGb).sum(),
                        nodes.stream().mapToInt(SizedNode::storageGb).sum()),
                new Usage(cpu(samples.values()), memory(samples.values()), storage(samples.values())),
                nodes.stream().map(node -> ofNode(node, samples.get(node.id()))).toList());
    }

    private static @Nullable Cores cpu(Collection<LatestSample> samples) {
        double used =
                samples.stream().mapToDouble(one -> one.cpu() * one.cores()).sum();
        double all = samples.stream().mapToDouble(LatestSample::cores).sum();
        return all == 0 ? null : new Cores(Measure.rounded(used), Measure.percentage(used / all));
    }

    private static @Nullable Bytes memory(Collection<LatestSample> samples) {
        double used = samples.stream().mapToDouble(LatestSample::memoryUsed).sum();
        double all = samples.stream().mapToDouble(LatestSample::memoryTotal).sum();
        return all == 0 ? null : new Bytes(Measure.gigabytes(used), Measure.percentage(used / all));
    }

    private static @Nullable Bytes storage(Collection<LatestSample> samples) {
        double used = 0;
        double all = 0;
        for (LatestSample sample : samples) {
            Long usedBytes = sample.storageUsed();
            Long totalBytes = sample.storageTotal();
            if (usedBytes != null && totalBytes != null) {
                used += usedBytes;
                all += totalBytes;
            }
        }
        return all == 0 ? null : new Bytes(Measure.gigabytes(used), Measure.percentage(used / all));
    }

    private static OfNode ofNode(SizedNode node, @Nullable LatestSample sample) {
        return new OfNode(
                node.id(),
                node.name(),
                node.status().word(),
                sample == null ? null : Measure.percentage(sample.cpu()),
                sample == null ? null : Measure.percentage(sample.memory()),
                sample == null ? null : Measure.percentageOrNull(sample.storage()),
                sample == null ? null : sample.at());
    }
}
