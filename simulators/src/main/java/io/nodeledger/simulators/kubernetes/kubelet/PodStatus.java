package io.nodeledger.simulators.kubernetes.kubelet;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Conditions;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Times;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a kubelet reports a pod. */
final class PodStatus {
    private PodStatus() {}

    static void running(ObjectNode pod, String hostIp, String podIp, boolean again) {
        Instant now = Instant.now();
        int restarts = Fields.each(pod, "status", "containerStatuses")
                .mapToInt(c -> integer(c, 0, "restartCount"))
                .max()
                .orElse(0);
        ObjectNode status = child(pod, "status")
                .put("phase", "Running")
                .put("hostIP", hostIp)
                .put("podIP", podIp);
        status.putArray("hostIPs").addObject().put("ip", hostIp);
        status.putArray("podIPs").addObject().put("ip", podIp);
        if (!status.has("startTime")) {
            status.put("startTime", Times.seconds(now));
        }
        ArrayNode statuses = status.putArray("containerStatuses");
        Fields.each(pod, "spec", "containers")
                .forEach(c -> container(statuses.addObject(), c, pod, again ? restarts + 1 : restarts, now));
        Conditions.set(pod, "PodReadyToStartContainers", "True", "", "", now);
        Conditions.set(pod, "Initialized", "True", "", "", now);
        Conditions.set(pod, "ContainersReady", "True", "", "", now);
        Conditions.set(pod, "Ready", "True", "", "", now);
    }

    private static void container(ObjectNode status, JsonNode container, JsonNode pod, int restarts, Instant now) {
        String id = Fields.uid(pod).replace("-", "") + restarts;
        status.put("name", text(container, "name"))
                .put("image", text(container, "image"))
                .put("imageID", text(container, "image"))
                .put("containerID", "containerd://" + id)
                .put("ready", true)
                .put("started", true)
                .put("restartCount", restarts);
        child(status, "state", "running").put("startedAt", Times.seconds(now));
        child(status, "lastState");
    }

    static void ready(ObjectNode pod) {
        Conditions.set(pod, "Ready", "True", "", "", Instant.now());
    }

    static void notReady(ObjectNode pod) {
        Conditions.set(pod, "Ready", "False", "", "", Instant.now());
    }

    /** Its containers crash as soon as they have started. */
    static void failing(ObjectNode pod) {
        notReady(pod);
        Conditions.set(pod, "ContainersReady", "False", "ContainersNotReady", "", Instant.now());
        Fields.each(pod, "status", "containerStatuses").forEach(c -> {
            if (c instanceof ObjectNode container) {
                container.put("ready", false).put("started", false);
                child(container.putObject("state"), "waiting")
                        .put("reason", "CrashLoopBackOff")
                        .put("message", "back-off 5m0s restarting failed container " + text(container, "name"));
            }
        });
    }

    static void succeeded(ObjectNode pod) {
        ended(pod, "Succeeded");
    }

    /** Containers have ended, but something else still holds the object. */
    static void ended(ObjectNode pod) {
        ended(pod, "Failed");
        child(pod, "metadata").put("deletionGracePeriodSeconds", 0);
    }

    private static void ended(ObjectNode pod, String phase) {
        Instant now = Instant.now();
        child(pod, "status").put("phase", phase);
        String reason = phase.equals("Succeeded") ? "PodCompleted" : "";
        for (String condition : List.of("Ready", "ContainersReady")) {
            Conditions.set(pod, condition, "False", reason, "", now);
        }
        Fields.each(pod, "status", "containerStatuses").forEach(c -> {
            if (c instanceof ObjectNode container) {
                container.put("ready", false).put("started", false);
                child(container.putObject("state"), "terminated")
                        .put("exitCode", 0)
                        .put("reason", "Completed")
                        .put("finishedAt", Times.seconds(now));
            }
        });
    }
}
