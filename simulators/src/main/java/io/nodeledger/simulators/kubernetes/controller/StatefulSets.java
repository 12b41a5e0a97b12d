package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Keeps pods 0 to n-1 by name; one that terminates must be gone before its successor of the same name comes. */
final class StatefulSets implements Runnable {
    private final Owners owners;

    StatefulSets(Owners owners) {
        this.owners = owners;
    }

    @Override
    public void run() {
        owners.store().list(Resource.STATEFUL_SETS).stream()
                .filter(s -> !Fields.terminating(s))
                .forEach(this::reconcile);
    }

    private void reconcile(ObjectNode set) {
        Map<String, ObjectNode> pods =
                owners.owned(Resource.PODS, set).stream().collect(Collectors.toMap(Fields::name, Function.identity()));
        int wanted = integer(set, 1, "spec", "replicas");
        boolean ordered = !text(set, "spec", "podManagementPolicy").equals("Parallel");
        for (int ordinal = 0; ordinal < wanted; ordinal++) {
            ObjectNode pod = pods.remove(Fields.name(set) + "-" + ordinal);
            if (pod == null) {
                create(set, ordinal);
            } else if (Owners.finished(pod)) {
                owners.delete(Resource.PODS, pod);
            }
            if (ordered && (pod == null || !Fields.ready(pod))) {
                break;
            }
        }
        pods.values().stream()
                .filter(p -> ordinal(p) >= wanted)
                .forEach(surplus -> owners.delete(Resource.PODS, surplus));
        report(set);
    }

    private static int ordinal(ObjectNode pod) {
        return Integer.parseInt(Fields.name(pod).substring(Fields.name(pod).lastIndexOf('-') + 1));
    }

    private void create(ObjectNode set, int ordinal) {
        String name = Fields.name(set) + "-" + ordinal;
        ObjectNode pod = Owners.podOf(set, name);
        child(pod, "metadata", "labels")
                .put("apps.kubernetes.io/pod-index", Integer.toString(ordinal))
                .put("statefulset.kubernetes.io/pod-name", name);
        child(pod, "spec").put("hostname", name).put("subdomain", text(set, "spec", "serviceName"));
        owners.create(Resource.PODS, pod, set);
    }

    private void report(ObjectNode set) {
        var pods = owners.activePods(set);
        int ready = (int) pods.stream().filter(Fields::ready).count();
        owners.status(
                Resource.STATEFUL_SETS,
                set,
                status -> status.put("replicas", pods.size())
                        .put("readyReplicas", ready)
                        .put("availableReplicas", ready)
                        .put("currentReplicas", pods.size())
                        .put("updatedReplicas", pods.size())
                        .put("observedGeneration", integer(set, 1, "metadata", "generation")));
    }
}
