package io.nodeledger.provisioner.observation.event;

import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Instant;

/** Events of nodes as clusters tell them, and as they are seen. */
final class AnEvent {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private AnEvent() {}

    /** An older event object as a kubelet makes it: its uid of the node is the name. */
    static EventBuilder ofKubelet(String nodeId, String name) {
        return new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withUid("uid-of-" + name)
                .withCreationTimestamp("2026-01-01T11:59:00Z")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Node")
                .withName(nodeId + "-k8s")
                .withUid(nodeId + "-k8s")
                .endInvolvedObject()
                .withType("Normal")
                .withReason("NodeReady")
                .withMessage("Node " + nodeId + "-k8s status is now: NodeReady")
                .withNewSource()
                .withComponent("kubelet")
                .withHost(nodeId + "-k8s")
                .endSource()
                .withFirstTimestamp("2026-01-01T11:00:00Z")
                .withLastTimestamp("2026-01-01T11:30:00Z")
                .withCount(3);
    }

    /** What a kubelet says of {@code node-1}, so many times. */
    static SeenEvent seen(String uid, long count, Instant firstAt, Instant lastAt) {
        return seen(uid, "node-1", count, firstAt, lastAt);
    }

    static SeenEvent seen(String uid, String nodeId, long count, Instant firstAt, Instant lastAt) {
        return new SeenEvent(
                uid,
                new What(nodeId, "Warning", "SystemOOM", "System OOM encountered", "kubelet"),
                count,
                firstAt,
                lastAt);
    }
}
