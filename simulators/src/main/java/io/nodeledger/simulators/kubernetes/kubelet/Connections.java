package io.nodeledger.simulators.kubernetes.kubelet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which machines get through to the API server: not those that were silenced, and nobody while it can't be reached. */
final class Connections {
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/";
    private static final String CLUSTER_INFO = "/api/v1/namespaces/kube-public/configmaps/cluster-info";

    private final ApiAccess access;
    private final Set<String> silenced = ConcurrentHashMap.newKeySet();

    Connections(ApiAccess access) {
        this.access = access;
    }

    void silence(String node) {
        silenced.add(node);
    }

    void wake(String node) {
        silenced.remove(node);
    }

    /** Whether a node's kubelet can report. */
    boolean reports(String node) {
        return !silenced.contains(node) && access.reaches("PUT", LEASES + node);
    }

    /** Whether a machine can ask to join as that node. */
    boolean joins(String node) {
        return !silenced.contains(node) && access.reaches("GET", CLUSTER_INFO);
    }
}
