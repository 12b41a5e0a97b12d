package io.nodeledger.simulators.kubernetes.admission;

import static io.nodeledger.simulators.kubernetes.admission.Defaults.absent;
import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.strings;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of pods and pod templates, and the tolerations that admission adds to each new pod. */
final class PodDefaults {
    private static final int UNREACHABLE_TOLERATION_SECONDS = 300;

    private PodDefaults() {}

    static void apply(ObjectNode pod) {
        spec(child(pod, "spec"));
        absent(child(pod, "spec"), "serviceAccountName", "default");
        tolerate(pod, "node.kubernetes.io/not-ready");
        tolerate(pod, "node.kubernetes.io/unreachable");
        ObjectNode status = child(pod, "status");
        status.removeAll();
        status.put("phase", "Pending").put("qosClass", qualityOfService(pod));
    }

    static void template(ObjectNode workload) {
        spec(child(workload, "spec", "template", "spec"));
    }

    private static void spec(ObjectNode spec) {
        absent(spec, "restartPolicy", "Always");
        absent(spec, "dnsPolicy", "ClusterFirst");
        absent(spec, "schedulerName", "default-scheduler");
        absent(spec, "terminationGracePeriodSeconds", 30);
        child(spec, "securityContext");
        each(spec, "containers").forEach(PodDefaults::container);
        each(spec, "initContainers").forEach(PodDefaults::container);
    }

    private static void container(JsonNode node) {
        if (node instanceof ObjectNode container) {
            absent(container, "imagePullPolicy", "IfNotPresent");
            absent(container, "terminationMessagePath", "/dev/termination-log");
            absent(container, "terminationMessagePolicy", "File");
            ObjectNode resources = child(container, "resources");
            strings(resources, "limits").forEach((name, limit) -> absent(child(resources, "requests"), name, limit));
        }
    }

    private static void tolerate(ObjectNode pod, String taint) {
        var tolerations = Fields.list(child(pod, "spec"), "tolerations");
        boolean covered = tolerations
                .valueStream()
                .filter(t -> text(t, "effect").isEmpty() || text(t, "effect").equals("NoExecute"))
                .anyMatch(t -> text(t, "key").equals(taint) || text(t, "key").isEmpty());
        if (!covered) {
            tolerations
                    .addObject()
                    .put("key", taint)
                    .put("operator", "Exists")
                    .put("effect", "NoExecute")
                    .put("tolerationSeconds", UNREACHABLE_TOLERATION_SECONDS);
        }
    }

    private static String qualityOfService(JsonNode pod) {
        boolean any = each(pod, "spec", "containers")
                .anyMatch(c -> !strings(c, "resources", "requests").isEmpty());
        boolean all = each(pod, "spec", "containers")
                .allMatch(
                        c -> strings(c, "resources", "limits").keySet().containsAll(java.util.List.of("cpu", "memory"))
                                && strings(c, "resources", "limits").equals(strings(c, "resources", "requests")));
        return all ? "Guaranteed" : any ? "Burstable" : "BestEffort";
    }
}
