package io.nodeledger.simulators.kubernetes.eviction;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.ApiError.Cause;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import io.nodeledger.simulators.kubernetes.store.Deletion;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The eviction subresource: a deletion that disruption budgets may refuse. */
public final class Evictions {
    private final ObjectStore store;
    private final Deletion deletion;

    public Evictions(ObjectStore store) {
        this.store = store;
        this.deletion = new Deletion(store);
    }

    /** Deletes the pod, or refuses: 429 when a budget forbids it now, 500 when two budgets cover the pod. */
    public void evict(ObjectKey key, ObjectNode deleteOptions, boolean dryRun) {
        store.exclusively(() -> {
            ObjectNode pod = store.get(Resource.PODS, key);
            if (!exempt(pod)) {
                checkBudget(pod, dryRun);
            }
            if (dryRun) {
                deleteOptions.putArray("dryRun").add("All");
            }
            return deletion.delete(Resource.PODS, key, deleteOptions);
        });
    }

    private static boolean exempt(JsonNode pod) {
        String phase = text(pod, "status", "phase");
        return Fields.terminating(pod)
                || phase.equals("Succeeded")
                || phase.equals("Failed")
                || phase.equals("Pending");
    }

    private void checkBudget(ObjectNode pod, boolean dryRun) {
        List<ObjectNode> budgets = Budgets.covering(store, pod);
        if (budgets.isEmpty()) {
            return;
        }
        if (budgets.size() > 1) {
            throw ApiError.of(
                    500,
                    "InternalError",
                    "Internal error occurred: This pod has more than one PodDisruptionBudget, which the eviction"
                            + " subresource does not support.");
        }
        ObjectNode budget = Budgets.recomputed(store, budgets.getFirst());
        if (Fields.ready(pod) || !mayEvictUnready(budget)) {
            spend(budget, Fields.name(pod), dryRun);
        }
    }

    private static boolean mayEvictUnready(JsonNode budget) {
        if (text(budget, "spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow")) {
            return true;
        }
        int desired = integer(budget, 0, "status", "desiredHealthy");
        return desired > 0 && integer(budget, 0, "status", "currentHealthy") >= desired;
    }

    private void spend(ObjectNode budget, String pod, boolean dryRun) {
        if (integer(budget, 0, "status", "disruptionsAllowed") < 1) {
            String why = "The disruption budget " + Fields.name(budget) + " needs "
                    + integer(budget, 0, "status", "desiredHealthy") + " healthy pods and has "
                    + integer(budget, 0, "status", "currentHealthy") + " currently";
            throw ApiError.tooManyRequests(
                    "Cannot evict pod as it would violate the pod's disruption budget.",
                    0,
                    List.of(new Cause("DisruptionBudget", why, "")));
        }
        if (!dryRun) {
            store.update(Resource.BUDGETS, ObjectKey.of(budget), next -> {
                ObjectNode status = child(next, "status");
                status.put("disruptionsAllowed", integer(status, 0, "disruptionsAllowed") - 1);
                child(status, "disruptedPods").put(pod, Times.seconds(Instant.now()));
            });
        }
    }
}
