package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster-proportional autoscaler: Deployments that carry its annotation get one replica for so many nodes, cordoned
 * ones included, and never fewer than their minimum.
 */
final class ProportionalReplicas implements Runnable {
    private static final String PREFIX = "simulator.nodeledger.io/";
    private final ObjectStore store;

    ProportionalReplicas(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void run() {
        int nodes = store.list(Resource.NODES).size();
        for (ObjectNode deployment : store.list(Resource.DEPLOYMENTS)) {
            int perReplica = annotation(deployment, "nodes-per-replica");
            if (perReplica > 0) {
                int replicas = Math.max(annotation(deployment, "min-replicas"), (nodes + perReplica - 1) / perReplica);
                if (integer(deployment, 0, "spec", "replicas") != replicas) {
                    store.updateIfPresent(
                            Resource.DEPLOYMENTS,
                            ObjectKey.of(deployment),
                            next -> child(next, "spec").put("replicas", replicas));
                }
            }
        }
    }

    private static int annotation(ObjectNode deployment, String name) {
        String value = text(Fields.at(deployment, "metadata", "annotations"), PREFIX + name);
        return value.matches("\\d{1,4}") ? Integer.parseInt(value) : 0;
    }
}
