package io.nodeledger.query.allocation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes' filters written down once more, on nodes with their pods one by one and without any of the tested code:
 * node selector, cordon, taints, then the resources.
 */
final class SchedulerModel {
    private static final String CORDON = "node.kubernetes.io/unschedulable";

    private SchedulerModel() {}

    /** @param storage null on a node that tells nothing of it */
    record Node(
            String id,
            long cpu,
            long memory,
            @Nullable Long storage,
            int mostPods,
            List<long[]> pods,
            List<String[]> taints,
            Map<String, String> labels,
            boolean cordoned) {}

    record Toleration(
            @Nullable String key,
            @Nullable String operator,
            @Nullable String value,
            @Nullable String effect) {}

    record Pod(long cpu, long memory, long storage, Map<String, String> selector, List<Toleration> tolerations) {}

    static boolean isFeasible(Pod pod, Node node) {
        return isConsidered(pod, node) && hasRoom(pod, node);
    }

    static boolean isConsidered(Pod pod, Node node) {
        for (var wanted : pod.selector().entrySet()) {
            String value = node.labels().get(wanted.getKey());
            if (value == null || !value.equals(wanted.getValue())) {
                return false;
            }
        }
        if (node.cordoned() && !isTolerated(pod, CORDON, "", "NoSchedule")) {
            return false;
        }
        for (String[] taint : node.taints()) {
            boolean repels = taint[2].equals("NoSchedule") || taint[2].equals("NoExecute");
            if (repels && !isTolerated(pod, taint[0], taint[1], taint[2])) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasRoom(Pod pod, Node node) {
        if (node.pods().size() + 1 > node.mostPods()) {
            return false;
        }
        long[] asked = {pod.cpu(), pod.memory(), pod.storage()};
        long[] has = {node.cpu(), node.memory(), node.storage() == null ? 0 : node.storage()};
        for (int resource = 0; resource < asked.length; resource++) {
            long left = has[resource];
            for (long[] other : node.pods()) {
                left -= other[resource];
            }
            if (asked[resource] > 0 && asked[resource] > left) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTolerated(Pod pod, String key, String value, String effect) {
        for (Toleration one : pod.tolerations()) {
            if (one.effect() != null && !one.effect().equals(effect)) {
                continue;
            }
            if ("Exists".equals(one.operator())
                    && (one.key() == null || one.key().equals(key))) {
                return true;
            }
            boolean equal = one.operator() == null || one.operator().equals("Equal");
            String tolerated = one.value() == null ? "" : one.value();
            if (equal && key.equals(one.key()) && tolerated.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
