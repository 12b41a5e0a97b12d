package io.nodeledger.provisioner.kubernetes.migration;

import java.util.Comparator;

/**
 * What keeps a set of pods.
 *
 * @param namespace of the workload and its pods
 * @param kind {@code Deployment}, {@code StatefulSet}, {@code DaemonSet}, {@code Job}, a {@code ReplicaSet} without a
 *     Deployment, or whatever else controls pods
 * @param name the workload's name
 */
public record WorkloadName(String namespace, String kind, String name) implements Comparable<WorkloadName> {
    private static final Comparator<WorkloadName> ORDER = Comparator.comparing(WorkloadName::namespace)
            .thenComparing(WorkloadName::kind)
            .thenComparing(WorkloadName::name);

    @Override
    public int compareTo(WorkloadName other) {
        return ORDER.compare(this, other);
    }

    /** For people: {@code Deployment shop/web}. */
    @Override
    public String toString() {
        return "%s %s/%s".formatted(kind, namespace, name);
    }
}
