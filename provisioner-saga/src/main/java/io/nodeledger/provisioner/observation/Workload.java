package io.nodeledger.provisioner.observation;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.nodeledger.provisioner.kubernetes.pod.Application;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node holds, and all that decides what else the scheduler would place on it.
 *
 * @param allocatable JSON, quantities by resource as the cluster prints them
 * @param capacity JSON, the same
 * @param taints JSON, a list of {@code key}, {@code value} and {@code effect}
 * @param labels JSON, values by key
 * @param requestedCpu thousandths of a core that its pods request
 * @param requestedMemory bytes
 * @param requestedStorage bytes of ephemeral storage
 * @param applications JSON, a list of {@code id}, {@code name} and {@code pods} in the order of names
 */
record Workload(
        String allocatable,
        String capacity,
        String taints,
        String labels,
        boolean unschedulable,
        long requestedCpu,
        long requestedMemory,
        long requestedStorage,
        int pods,
        String applications) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Comparator<Map.Entry<Application, Integer>> BY_NAME = Comparator.comparing(
                    (Map.Entry<Application, Integer> entry) -> entry.getKey().name())
            .thenComparing(entry -> entry.getKey().id());

    static Workload of(Node node, Load load) {
        var spec = node.getSpec();
        var status = node.getStatus();
        return new Workload(
                quantities(status == null ? null : status.getAllocatable()),
                quantities(status == null ? null : status.getCapacity()),
                taints(spec == null ? null : spec.getTaints()),
                JSON.writeValueAsString(new TreeMap<>(
                        Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of()))),
                spec != null && Boolean.TRUE.equals(spec.getUnschedulable()),
                load.milliCpu(),
                load.memoryBytes(),
                load.storageBytes(),
                load.pods(),
                applications(load));
    }

    private static String quantities(@Nullable Map<String, Quantity> amounts) {
        var printed = new TreeMap<String, String>();
        if (amounts != null) {
            amounts.forEach((resource, amount) -> printed.put(resource, amount.toString()));
        }
        return JSON.writeValueAsString(printed);
    }

    private static String taints(@Nullable List<Taint> taints) {
        return JSON.writeValueAsString(Objects.requireNonNullElse(taints, List.<Taint>of()).stream()
                .map(taint -> ordered(
                        "key",
                        taint.getKey(),
                        "value",
                        Objects.requireNonNullElse(taint.getValue(), ""),
                        "effect",
                        taint.getEffect()))
                .toList());
    }

    private static String applications(Load load) {
        return JSON.writeValueAsString(load.applications().entrySet().stream()
                .sorted(BY_NAME)
                .map(entry -> ordered(
                        "id", entry.getKey().id(), "name", entry.getKey().name(), "pods", entry.getValue()))
                .toList());
    }

    private static Map<String, Object> ordered(
            String first, Object one, String second, Object two, String third, Object three) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(first, one);
        fields.put(second, two);
        fields.put(third, three);
        return fields;
    }
}
