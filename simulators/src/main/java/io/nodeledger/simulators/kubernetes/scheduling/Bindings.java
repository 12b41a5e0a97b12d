package io.nodeledger.simulators.kubernetes.scheduling;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Conditions;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Instant;

/** Assigns a pod to a node, once. */
public final class Bindings {
    private final ObjectStore store;

    public Bindings(ObjectStore store) {
        this.store = store;
    }

    public void bind(ObjectKey pod, String node) {
        store.update(Resource.PODS, pod, next -> {
            String bound = text(next, "spec", "nodeName");
            if (!bound.isEmpty()) {
                throw ApiError.conflict(
                        Resource.PODS,
                        pod.name(),
                        "pod " + pod.name() + " is already assigned to node \"" + bound + "\"");
            }
            child(next, "spec").put("nodeName", node);
            Conditions.set(next, "PodScheduled", "True", "", "", Instant.now());
        });
    }
}
