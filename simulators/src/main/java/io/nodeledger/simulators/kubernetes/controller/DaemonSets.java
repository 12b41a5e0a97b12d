package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.strings;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.scheduling.Taints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Runs one pod on every node that the DaemonSet selects and tolerates; cordons do not matter. */
final class DaemonSets implements Runnable {
    private static final List<String> TOLERATED = List.of(
            "node.kubernetes.io/not-ready",
            "node.kubernetes.io/unreachable",
            "node.kubernetes.io/unschedulable",
            "node.kubernetes.io/disk-pressure",
            "node.kubernetes.io/memory-pressure",
            "node.kubernetes.io/pid-pressure");
    private final Owners owners;

    DaemonSets(Owners owners) {
        this.owners = owners;
    }

    @Override
    public void run() {
        List<ObjectNode> nodes = owners.store().list(Resource.NODES);
        owners.store().list(Resource.DAEMON_SETS).stream()
                .filter(s -> !Fields.terminating(s))
                .forEach(set -> reconcile(set, nodes));
    }

    private void reconcile(ObjectNode set, List<ObjectNode> nodes) {
        Map<String, ObjectNode> byNode = new HashMap<>();
        for (ObjectNode pod : owners.owned(Resource.PODS, set)) {
            byNode.put(target(pod), pod);
        }
        ObjectNode anyPod = daemonPod(set, "");
        var selector = strings(anyPod, "spec", "nodeSelector").entrySet();
        int desired = 0;
        int ready = 0;
        for (ObjectNode node : nodes) {
            ObjectNode pod = byNode.remove(Fields.name(node));
            if (!strings(node, "metadata", "labels").entrySet().containsAll(selector)
                    || Taints.blocking(anyPod, node).isPresent()) {
                continue;
            }
            desired++;
            if (pod == null) {
                owners.create(Resource.PODS, daemonPod(set, Fields.name(node)), set);
            } else if (Owners.finished(pod)) {
                owners.delete(Resource.PODS, pod);
            } else if (Fields.ready(pod)) {
                ready++;
            }
        }
        report(set, desired, ready);
    }

    private void report(ObjectNode set, int desired, int ready) {
        owners.status(
                Resource.DAEMON_SETS,
                set,
                status -> status.put("desiredNumberScheduled", desired)
                        .put("currentNumberScheduled", desired)
                        .put("updatedNumberScheduled", desired)
                        .put("numberReady", ready)
                        .put("numberAvailable", ready)
                        .put("numberMisscheduled", 0)
                        .put("observedGeneration", integer(set, 1, "metadata", "generation")));
    }

    private static ObjectNode daemonPod(ObjectNode set, String node) {
        ObjectNode pod = Owners.podOf(set, "");
        var tolerations = Fields.list(child(pod, "spec"), "tolerations");
        for (String taint : TOLERATED) {
            var toleration = tolerations.addObject().put("key", taint).put("operator", "Exists");
            if (taint.endsWith("not-ready") || taint.endsWith("unreachable")) {
                toleration.put("effect", "NoExecute");
                tolerations
                        .addObject()
                        .put("key", taint)
                        .put("operator", "Exists")
                        .put("effect", "NoSchedule");
            } else {
                toleration.put("effect", "NoSchedule");
            }
        }
        var field = child(pod, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
                .putArray("nodeSelectorTerms")
                .addObject()
                .putArray("matchFields")
                .addObject()
                .put("key", "metadata.name")
                .put("operator", "In");
        field.putArray("values").add(node);
        return pod;
    }

    /** The node that a daemon pod is meant for, bound already or not. */
    private static String target(ObjectNode pod) {
        String bound = text(pod, "spec", "nodeName");
        return bound.isEmpty()
                ? Fields.each(
                                pod,
                                "spec",
                                "affinity",
                                "nodeAffinity",
                                "requiredDuringSchedulingIgnoredDuringExecution",
                                "nodeSelectorTerms")
                        .flatMap(t -> Fields.each(t, "matchFields"))
                        .flatMap(f -> Fields.each(f, "values"))
                        .map(Fields::text)
                        .findFirst()
                        .orElse("")
                : bound;
    }
}
