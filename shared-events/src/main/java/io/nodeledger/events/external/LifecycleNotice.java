package io.nodeledger.events.external;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.OperationOf;
import io.nodeledger.events.node.record.NodeRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data of a lifecycle event as consumers get it, version 1. Fields may be added; none changes its meaning or goes.
 *
 * @param node the node as it is after the event
 * @param operationId the operation that the event belongs to, if it belongs to one
 * @param before the node's status before the event; none when it is the node's first
 * @param after the node's status after the event
 * @param actor who caused it
 * @param requestId the request that began it all
 * @param details what else there is to say, by type
 */
public record LifecycleNotice(
        Subject node,
        @Nullable String operationId,
        @Nullable Status before,
        Status after,
        Actor actor,
        String requestId,
        Map<String, Object> details) {

    /** What identifies a node to a consumer, and what it may filter by. */
    public record Subject(
            String id,
            String name,
            String workspaceId,
            String planId,
            String provider,
            String region,
            Map<String, String> labels) {

        static Subject of(NodeRecord node) {
            var origin = node.origin();
            return new Subject(
                    origin.id(),
                    origin.name(),
                    origin.workspaceId(),
                    origin.terms().planId(),
                    origin.provider(),
                    origin.region(),
                    origin.labels());
        }
    }

    /** A node's status. */
    public record Status(String status) {
        static Status of(NodeRecord node) {
            return new Status(node.state().status().word());
        }
    }

    /** Who acted, and in which role. */
    public record Actor(String id, String type, String role) {}

    /**
     * The notice of an event.
     *
     * @param before the node before it, null when it is the node's first
     * @param after the node after it
     */
    public static LifecycleNotice of(NodeEvent event, @Nullable NodeRecord before, NodeRecord after, Cause cause) {
        return new LifecycleNotice(
                Subject.of(after),
                OperationOf.event(event),
                before == null ? null : Status.of(before),
                Status.of(after),
                new Actor(cause.actorId(), cause.actorType(), cause.actorRole()),
                cause.requestId(),
                NoticeDetails.of(event));
    }
}
