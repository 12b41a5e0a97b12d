package io.nodeledger.simulators.kubernetes.kubelet;

import java.util.List;

/**
 * What a machine's seed tells it about joining.
 *
 * @param token {@code id.secret} of the bootstrap token
 * @param endpoint {@code host:port} of the API server
 * @param caHashes pinned hashes of the authority's key; any of them will do
 * @param unpinned whether the seed explicitly renounces the pin
 */
record JoinRequest(
        Distribution distribution,
        String token,
        String endpoint,
        List<String> caHashes,
        boolean unpinned,
        NodeRegistration registration) {
    enum Distribution {
        KUBEADM,
        K3S
    }
}
