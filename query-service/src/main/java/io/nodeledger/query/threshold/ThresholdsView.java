package io.nodeledger.query.threshold;

import io.nodeledger.base.settings.ThresholdSettings;
import io.nodeledger.events.node.NodeResource;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The thresholds that count (source: API decisions, "Shapes fixed here"; {@code source} is additive). */
record ThresholdsView(Effective cpu, Effective memory, Effective storage) {
    /**
     * The threshold that counts for a resource.
     *
     * @param percentage of all that the node has of the resource
     * @param forSeconds how long more of it must be used before that is told
     * @param source who has set it: {@code node}, {@code workspace} or {@code installation}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Effective(BigDecimal percentage, long forSeconds, String source) {}

    /** Those of a node, or of a workspace's nodes that set none themselves when {@code node} is absent. */
    static ThresholdsView of(
            @Nullable Thresholds node, @Nullable Thresholds workspace, ThresholdSettings installation) {
        return new ThresholdsView(
                effective(NodeResource.CPU, node, workspace, installation),
                effective(NodeResource.MEMORY, node, workspace, installation),
                effective(NodeResource.STORAGE, node, workspace, installation));
    }

    private static Effective effective(
            NodeResource resource,
            @Nullable Thresholds node,
            @Nullable Thresholds workspace,
            ThresholdSettings installation) {
        Threshold ofNode = node == null ? null : node.of(resource);
        if (ofNode != null) {
            return new Effective(ofNode.percentage(), ofNode.forSeconds(), "node");
        }
        Threshold ofWorkspace = workspace == null ? null : workspace.of(resource);
        if (ofWorkspace != null) {
            return new Effective(ofWorkspace.percentage(), ofWorkspace.forSeconds(), "workspace");
        }
        return new Effective(
                installation.percentage(resource).setScale(1, RoundingMode.HALF_UP),
                installation.during(resource).toSeconds(),
                "installation");
    }
}
