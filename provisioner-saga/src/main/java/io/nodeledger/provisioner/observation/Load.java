package io.nodeledger.provisioner.observation;

import io.nodeledger.provisioner.kubernetes.pod.Application;
import io.nodeledger.provisioner.kubernetes.pod.PlacedPod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the pods of one node ask for together.
 *
 * @param milliCpu thousandths of a core
 * @param applications how many of the pods each of them has
 */
record Load(long milliCpu, long memoryBytes, long storageBytes, int pods, Map<Application, Integer> applications) {
    static final Load NONE = new Load(0, 0, 0, 0, Map.of());

    /** The load of each node that holds any, by its name in Kubernetes. */
    static Map<String, Load> byNode(List<PlacedPod> pods) {
        var sums = new HashMap<String, Sum>();
        pods.forEach(pod -> sums.computeIfAbsent(pod.node(), _ -> new Sum()).add(pod));
        var loads = new HashMap<String, Load>();
        sums.forEach((node, sum) -> loads.put(node, sum.total()));
        return loads;
    }

    private static final class Sum {
        private final Map<Application, Integer> applications = new HashMap<>();
        private long milliCpu;
        private long memoryBytes;
        private long storageBytes;
        private int pods;

        void add(PlacedPod pod) {
            milliCpu = sum(milliCpu, pod.milliCpu());
            memoryBytes = sum(memoryBytes, pod.memoryBytes());
            storageBytes = sum(storageBytes, pod.storageBytes());
            pods++;
            @Nullable Application application = pod.application();
            if (application != null) {
                applications.merge(application, 1, Integer::sum);
            }
        }

        Load total() {
            return new Load(milliCpu, memoryBytes, storageBytes, pods, Map.copyOf(applications));
        }

        /** A pod that was put onto a node by its name may ask for anything, and no node has more than all there is. */
        private static long sum(long one, long other) {
            return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
        }
    }
}
