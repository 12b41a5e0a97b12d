package io.nodeledger.events.external;

import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.node.record.NodeRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node as the compacted topic keeps it, version 1: what the API shows of it that follows from events alone. Fields may be
 * added; none changes its meaning or goes.
 *
 * @param hourlyRate USD per hour while it runs
 * @param statusReason why it is in error, or why a person has to look
 * @param version the opaque version that the API's {@code ETag} stands for
 */
public record NodeNotice(
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
        NodeSpecs specs,
        Map<String, String> labels,
        List<Taint> taints,
        Kubernetes kubernetes,
        Network network,
        BigDecimal hourlyRate,
        long version) {

    /** A documented or provider's code, and what it means here. */
    public record Reason(String code, String message) {}

    /** What Kubernetes knows of the node. */
    public record Kubernetes(String nodeName, boolean ready, boolean schedulable) {}

    /** Under which addresses it is reached, as far as they are known. */
    public record Network(
            @Nullable String privateIp, @Nullable String publicIp, String hostname) {}

    /** The notice of a node. */
    public static NodeNotice of(NodeRecord node) {
        var origin = node.origin();
        var state = node.state();
        var reason = state.reason();
        return new NodeNotice(
                origin.id(),
                origin.name(),
                origin.workspaceId(),
                origin.terms().planId(),
                state.status().word(),
                reason == null ? null : new Reason(reason.code(), reason.message()),
                origin.provider(),
                origin.region(),
                origin.createdAt(),
                state.updatedAt(),
                origin.terms().specs(),
                origin.labels(),
                origin.taints(),
                new Kubernetes(
                        state.kubernetes().nodeName(),
                        state.kubernetes().ready(),
                        state.kubernetes().schedulable()),
                new Network(state.privateAddress(), state.publicAddress(), origin.id() + ".internal"),
                origin.terms().hourlyRate(),
                state.version());
    }
}
