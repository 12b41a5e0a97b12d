package io.nodeledger.provisioner.transition;

import io.nodeledger.provisioner.kubernetes.migration.WorkloadName;
import java.util.HashMap;
import java.util.Map;

/** Workloads of several clusters, as events name them: {@code region|namespace|kind|name}. */
final class WorkloadKeys {
    private static final String SEPARATOR = "|";

    private WorkloadKeys() {}

    static String key(String region, WorkloadName workload) {
        return String.join(SEPARATOR, region, workload.namespace(), workload.kind(), workload.name());
    }

    /** Those of one cluster. */
    static Map<WorkloadName, Integer> in(String region, Map<String, Integer> all) {
        var here = new HashMap<WorkloadName, Integer>();
        all.forEach((key, ready) -> {
            String[] parts = key.split("\\|", -1);
            if (parts.length == 4 && parts[0].equals(region)) {
                here.put(new WorkloadName(parts[1], parts[2], parts[3]), ready);
            }
        });
        return here;
    }
}
