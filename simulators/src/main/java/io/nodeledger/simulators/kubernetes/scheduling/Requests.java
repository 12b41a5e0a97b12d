package io.nodeledger.simulators.kubernetes.scheduling;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Quantity;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What pods ask of a node: cpu in thousandths of a core, memory and ephemeral storage in bytes, and their number. A
 * pod's request is the larger of its containers with sidecars and its largest init container, plus overhead.
 */
record Requests(long milliCpu, long memory, long storage, long pods) {
    static final Requests NONE = new Requests(0, 0, 0, 0);

    static Requests of(JsonNode pod) {
        return new Requests(
                Quantity.milli(text(pod, "spec", "overhead", "cpu")) + most(pod, "cpu", 1000),
                Quantity.whole(text(pod, "spec", "overhead", "memory")) + most(pod, "memory", 1),
                most(pod, "ephemeral-storage", 1),
                1);
    }

    static Requests allocatable(JsonNode node) {
        JsonNode allocatable = node.path("status").path("allocatable");
        return new Requests(
                Quantity.milli(text(allocatable, "cpu")),
                Quantity.whole(text(allocatable, "memory")),
                Quantity.whole(text(allocatable, "ephemeral-storage")),
                Quantity.whole(text(allocatable, "pods")));
    }

    private static long most(JsonNode pod, String resource, int scale) {
        long running = sum(each(pod, "spec", "containers"), resource, scale)
                + sum(each(pod, "spec", "initContainers").filter(Requests::sidecar), resource, scale);
        long largest = each(pod, "spec", "initContainers")
                .filter(c -> !sidecar(c))
                .mapToLong(c -> amount(c, resource, scale))
                .max()
                .orElse(0);
        return Math.max(running, largest);
    }

    private static boolean sidecar(JsonNode initContainer) {
        return text(initContainer, "restartPolicy").equals("Always");
    }

    private static long sum(Stream<JsonNode> containers, String resource, int scale) {
        return containers.mapToLong(c -> amount(c, resource, scale)).sum();
    }

    private static long amount(JsonNode container, String resource, int scale) {
        String text = text(container, "resources", "requests", resource);
        return scale == 1000 ? Quantity.milli(text) : Quantity.whole(text);
    }

    Requests plus(Requests other) {
        return new Requests(
                milliCpu + other.milliCpu, memory + other.memory, storage + other.storage, pods + other.pods);
    }

    /** What is short when this must fit into a limit, in the scheduler's words; empty when all fits. */
    String shortage(Requests limit) {
        if (pods > limit.pods) {
            return "Too many pods";
        }
        if (milliCpu > limit.milliCpu) {
            return "Insufficient cpu";
        }
        if (memory > limit.memory) {
            return "Insufficient memory";
        }
        return storage > limit.storage ? "Insufficient ephemeral-storage" : "";
    }
}
