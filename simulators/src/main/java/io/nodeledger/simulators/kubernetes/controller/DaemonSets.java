package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.strings;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.scheduling.Taints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs one pod on every node that the DaemonSet selects and tolerates; cordons do not matter. Pods of an older template
 * are replaced one at a time, and those on nodes that are no longer selected go.
 */
final class DaemonSets implements Runnable {
    private static final List<String> TOLERATED = List.of(
            "node.kubernetes.io/not-ready",
            "node.kubernetes.io/unreachable",
            "node.kubernetes.io/unschedulable",
            "node.kubernetes.io/disk-pressure",
            "node.kubernetes.io/memory-pressure",
            "node.kubernetes.io/pid-pressure");
    private static final String REVISION = "controller-revision-hash";
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
        List<ObjectNode> current = new ArrayList<>();
        for (ObjectNode node : nodes) {
            ObjectNode pod = byNode.remove(Fields.name(node));
            boolean selected = strings(node, "metadata", "labels").entrySet().containsAll(selector);
            if (!selected || Taints.blocking(anyPod, node).isPresent()) {
                if (pod != null && !selected) {
                    owners.delete(Resource.PODS, pod);
                }
                continue;
            }
            desired++;
            if (pod == null) {
                owners.create(Resource.PODS, daemonPod(set, Fields.name(node)), set);
            } else if (Owners.finished(pod)) {
                owners.delete(Resource.PODS, pod);
            } else {
                current.add(pod);
                ready += Fields.ready(pod) ? 1 : 0;
            }
        }
        replaceOne(set, desired, current);
        int updated = (int) current.stream()
                .filter(pod -> revision(pod).equals(revisionOf(set)))
                .count();
        report(set, desired, updated, ready);
    }

    /** A pod that does not work is replaced at once, another one only while all others work. */
    private void replaceOne(ObjectNode set, int desired, List<ObjectNode> pods) {
        if (text(set, "spec", "updateStrategy", "type").equals("OnDelete")) {
            return;
        }
        List<ObjectNode> old = pods.stream()
                .filter(pod -> !revision(pod).isEmpty() && !revision(pod).equals(revisionOf(set)))
                .toList();
        old.stream().filter(pod -> !Fields.ready(pod)).forEach(pod -> owners.delete(Resource.PODS, pod));
        long working = pods.stream()
                .filter(pod -> Fields.ready(pod) && !Fields.terminating(pod))
                .count();
        if (working == desired) {
            old.stream().findFirst().ifPresent(pod -> owners.delete(Resource.PODS, pod));
        }
    }

    private static String revision(ObjectNode pod) {
        return text(pod, "metadata", "labels", REVISION);
    }

    /** The same for templates whose fields only come in another order. */
    private static String revisionOf(ObjectNode set) {
        return Integer.toHexString(Fields.at(set, "spec", "template").hashCode());
    }

    private void report(ObjectNode set, int desired, int updated, int ready) {
        owners.status(
                Resource.DAEMON_SETS,
                set,
                status -> status.put("desiredNumberScheduled", desired)
                        .put("currentNumberScheduled", desired)
                        .put("updatedNumberScheduled", updated)
                        .put("numberReady", ready)
                        .put("numberAvailable", ready)
                        .put("numberMisscheduled", 0)
                        .put("observedGeneration", integer(set, 1, "metadata", "generation")));
    }

    private static ObjectNode daemonPod(ObjectNode set, String node) {
        ObjectNode pod = Owners.podOf(set, "");
        child(pod, "metadata", "labels").put(REVISION, revisionOf(set));
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
