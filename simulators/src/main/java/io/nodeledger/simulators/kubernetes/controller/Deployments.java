package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Conditions;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps one ReplicaSet per pod template: the current one at full size, older ones shrinking as pods of the new one
 * become ready.
 */
final class Deployments implements Runnable {
    private final Owners owners;

    Deployments(Owners owners) {
        this.owners = owners;
    }

    @Override
    public void run() {
        owners.store().list(Resource.DEPLOYMENTS).stream()
                .filter(d -> !Fields.terminating(d))
                .forEach(this::reconcile);
    }

    private void reconcile(ObjectNode deployment) {
        String hash = Integer.toHexString(
                Fields.at(deployment, "spec", "template").toString().hashCode());
        String current = Fields.name(deployment) + "-" + hash;
        List<ObjectNode> sets = owners.owned(Resource.REPLICA_SETS, deployment);
        int wanted = integer(deployment, 1, "spec", "replicas");
        if (sets.stream().noneMatch(s -> Fields.name(s).equals(current))) {
            owners.create(Resource.REPLICA_SETS, replicaSet(deployment, current, hash, wanted), deployment);
            return;
        }
        int ready = 0;
        int total = 0;
        int updated = 0;
        for (ObjectNode set : sets) {
            boolean isCurrent = Fields.name(set).equals(current);
            ready += integer(set, 0, "status", "readyReplicas");
            total += integer(set, 0, "status", "replicas");
            updated += isCurrent ? integer(set, 0, "status", "replicas") : 0;
            int before = integer(set, 0, "spec", "replicas");
            int size = isCurrent ? wanted : Math.min(before, Math.max(0, wanted - readyOf(sets, current)));
            if (before != size) {
                owners.store()
                        .update(
                                Resource.REPLICA_SETS,
                                ObjectKey.of(set),
                                next -> child(next, "spec").put("replicas", size));
            }
        }
        report(deployment, wanted, total, updated, ready);
    }

    private static int readyOf(List<ObjectNode> sets, String name) {
        return sets.stream()
                .filter(s -> Fields.name(s).equals(name))
                .mapToInt(s -> integer(s, 0, "status", "readyReplicas"))
                .sum();
    }

    private static ObjectNode replicaSet(ObjectNode deployment, String name, String hash, int replicas) {
        ObjectNode set = Fields.object();
        ObjectNode metadata = child(set, "metadata").put("name", name).put("namespace", Fields.namespace(deployment));
        child(metadata, "annotations").put("deployment.kubernetes.io/revision", "1");
        ObjectNode spec = child(set, "spec").put("replicas", replicas);
        spec.set("selector", Fields.at(deployment, "spec", "selector").deepCopy());
        child(spec, "selector", "matchLabels").put("pod-template-hash", hash);
        spec.set("template", Fields.at(deployment, "spec", "template").deepCopy());
        ObjectNode labels = child(spec, "template", "metadata", "labels").put("pod-template-hash", hash);
        metadata.set("labels", labels.deepCopy());
        return set;
    }

    private void report(ObjectNode deployment, int wanted, int total, int updated, int ready) {
        owners.store().updateIfPresent(Resource.DEPLOYMENTS, ObjectKey.of(deployment), next -> {
            child(next, "status")
                    .put("observedGeneration", integer(next, 1, "metadata", "generation"))
                    .put("replicas", total)
                    .put("updatedReplicas", updated)
                    .put("readyReplicas", ready)
                    .put("availableReplicas", ready)
                    .put("unavailableReplicas", Math.max(0, wanted - ready));
            boolean available = ready >= wanted - Math.max(1, wanted / 4);
            Conditions.set(
                    next,
                    "Available",
                    available ? "True" : "False",
                    available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                    text(next, "metadata", "name"),
                    Instant.now());
        });
    }
}
