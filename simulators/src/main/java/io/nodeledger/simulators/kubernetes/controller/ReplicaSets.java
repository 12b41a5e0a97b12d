package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.integer;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Keeps as many pods as a ReplicaSet wants; one that terminates is replaced at once. */
final class ReplicaSets implements Runnable {
    private final Owners owners;

    ReplicaSets(Owners owners) {
        this.owners = owners;
    }

    @Override
    public void run() {
        owners.store().list(Resource.REPLICA_SETS).stream()
                .filter(s -> !Fields.terminating(s))
                .forEach(this::reconcile);
    }

    private void reconcile(ObjectNode set) {
        List<ObjectNode> pods = owners.activePods(set);
        int missing = integer(set, 1, "spec", "replicas") - pods.size();
        for (int i = 0; i < missing; i++) {
            owners.create(Resource.PODS, Owners.podOf(set, ""), set);
        }
        owners.deleteSurplus(pods, Math.max(0, -missing));
        int ready = (int) pods.stream().filter(Fields::ready).count();
        owners.status(
                Resource.REPLICA_SETS,
                set,
                status -> status.put("replicas", pods.size())
                        .put("fullyLabeledReplicas", pods.size())
                        .put("readyReplicas", ready)
                        .put("availableReplicas", ready)
                        .put("observedGeneration", integer(set, 1, "metadata", "generation")));
    }
}
