package io.nodeledger.provisioner.observation.event;

import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An event that a cluster tells of a node, which need not be there, and counts up. */
record ToldEvent(KubernetesRegion region, String name) {
    /** Tells one, of the reason {@code Counted}. */
    static ToldEvent tell(KubernetesRegion region, String nodeId, String name, int count) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var event = AnEvent.ofKubelet(nodeId, name)
                .editMetadata()
                .withUid(null)
                .withCreationTimestamp(null)
                .endMetadata()
                .withReason("Counted")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(count)
                .build();
        var told = region.client()
                .v1()
                .events()
                .inNamespace("default")
                .resource(event)
                .create();
        return new ToldEvent(region, told.getMetadata().getName());
    }

    /** It has now happened so often. */
    void count(int count) {
        region.client().v1().events().inNamespace("default").withName(name).edit(event -> {
            event.setCount(count);
            return event;
        });
    }
}
