package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.watch.Watched;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The heartbeats of a cluster's kubelets: each renews the lease that bears its node's name, every ten seconds. */
public final class NodeLeases implements AutoCloseable {
    /** Namespace of the leases. */
    public static final String NAMESPACE = "kube-node-lease";

    private final KubernetesClient client;
    private final Watched<Lease> leases;

    public NodeLeases(KubernetesClient client) {
        this.client = client;
        this.leases = new Watched<>(() -> client.leases().inNamespace(NAMESPACE), null);
    }

    /** All leases; empty until they have been listed. */
    public Optional<Watched.Seen<Lease>> seen() {
        return leases.seen();
    }

    /** Stands for the watch that is running: another one after it was begun anew, null until it has begun. */
    public @Nullable Object running() {
        return leases.running();
    }

    /**
     * Asks for one of them, to learn whether there is an answer.
     *
     * @return how many the answer has
     * @throws KubernetesClientException when there is none
     */
    public int probe() {
        return client.leases()
                .inNamespace(NAMESPACE)
                .list(new ListOptionsBuilder().withLimit(1L).build())
                .getItems()
                .size();
    }

    /** Watches no more until asked again, and then anew. */
    public void renew() {
        leases.renew();
    }

    @Override
    public void close() {
        leases.close();
    }
}
