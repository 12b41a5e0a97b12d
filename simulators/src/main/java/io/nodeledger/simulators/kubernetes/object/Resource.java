package io.nodeledger.simulators.kubernetes.object;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The resource types that the simulated API server serves, with what discovery tells about each. */
public enum Resource {
    NAMESPACES("", "v1", "namespaces", "Namespace", false, true, false, "ns"),
    NODES("", "v1", "nodes", "Node", false, true, false, "no"),
    PODS("", "v1", "pods", "Pod", true, true, true, "po"),
    SECRETS("", "v1", "secrets", "Secret", true, false, false),
    CONFIG_MAPS("", "v1", "configmaps", "ConfigMap", true, false, false, "cm"),
    EVENTS("", "v1", "events", "Event", true, false, false, "ev"),
    SERVICES("", "v1", "services", "Service", true, true, false, "svc"),
    SERVICE_ACCOUNTS("", "v1", "serviceaccounts", "ServiceAccount", true, false, false, "sa"),
    VOLUME_CLAIMS("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true, true, false, "pvc"),
    DEPLOYMENTS("apps", "v1", "deployments", "Deployment", true, true, true, "deploy"),
    REPLICA_SETS("apps", "v1", "replicasets", "ReplicaSet", true, true, true, "rs"),
    STATEFUL_SETS("apps", "v1", "statefulsets", "StatefulSet", true, true, true, "sts"),
    DAEMON_SETS("apps", "v1", "daemonsets", "DaemonSet", true, true, true, "ds"),
    JOBS("batch", "v1", "jobs", "Job", true, true, true),
    BUDGETS("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true, true, true, "pdb"),
    LEASES("coordination.k8s.io", "v1", "leases", "Lease", true, false, false),
    EVENTS_V1("events.k8s.io", "v1", "events", "Event", true, false, false, "ev"),
    NODE_METRICS("metrics.k8s.io", "v1beta1", "nodes", "NodeMetrics", false, false, false),
    POD_METRICS("metrics.k8s.io", "v1beta1", "pods", "PodMetrics", true, false, false),
    /** Not served: what a joined machine keeps on its disk, so that it comes back as the same node. */
    KUBELET_IDENTITIES("internal.simulator", "v1", "kubeletidentities", "KubeletIdentity", false, false, false);

    private final String group;
    private final String version;
    private final String plural;
    private final String kind;
    private final boolean namespaced;
    private final boolean statusSubresource;
    private final boolean generation;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> shortNames;

    Resource(
            String group,
            String version,
            String plural,
            String kind,
            boolean namespaced,
            boolean statusSubresource,
            boolean generation,
            String... shortNames) {
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.kind = kind;
        this.namespaced = namespaced;
        this.statusSubresource = statusSubresource;
        this.generation = generation;
        this.shortNames = List.of(shortNames);
    }

    /** The served type at a path, if there is one. */
    public static Optional<Resource> find(String group, String version, String plural) {
        return Arrays.stream(values())
                .filter(Resource::served)
                .filter(r -> r.group.equals(group) && r.version.equals(version) && r.plural.equals(plural))
                .findFirst();
    }

    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    public String plural() {
        return plural;
    }

    public String kind() {
        return kind;
    }

    public String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    public boolean namespaced() {
        return namespaced;
    }

    public boolean statusSubresource() {
        return statusSubresource;
    }

    /** Whether changes of the wanted state count up {@code metadata.generation}. */
    public boolean generation() {
        return generation;
    }

    public List<String> shortNames() {
        return shortNames;
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The name that error messages use: {@code pods}, {@code deployments.apps}. */
    public String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public boolean served() {
        return this != KUBELET_IDENTITIES;
    }

    /** Whether answers are computed on demand and nothing is stored. */
    public boolean computed() {
        return this == NODE_METRICS || this == POD_METRICS;
    }

    /** The type under which objects are stored: both event APIs show the same objects. */
    public Resource stored() {
        return this == EVENTS_V1 ? EVENTS : this;
    }
}
