package io.nodeledger.simulators.kubernetes.kubelet;

import java.util.Set;

/** What a joining machine must know of the cluster to reach and trust it. */
public record ClusterIdentity(Set<String> hosts, int port, String caHash) {
    boolean reachedAt(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        return colon > 0
                && hosts.contains(endpoint.substring(0, colon))
                && Integer.toString(port).equals(endpoint.substring(colon + 1));
    }
}
