package io.nodeledger.provisioner.kubernetes.pod;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.nodeledger.provisioner.kubernetes.watch.Watched;
import java.util.Optional;

/** The pods that the platform's nodes in a cluster hold, watched by whoever observes the cluster. */
public final class PodWatch implements AutoCloseable {
    private final KubernetesClient client;
    private final Watched<Pod> pods;
    private volatile PodStore store = new PodStore();

    public PodWatch(KubernetesClient client) {
        this.client = client;
        this.pods = new Watched<>(() -> unfinished(client), null, this::emptied);
    }

    /** All that nodes hold; empty until they have been listed. */
    public Optional<Watched.Seen<PlacedPod>> seen() {
        return pods.seen(() -> store.placed());
    }

    /**
     * Asks for one pod, to learn whether there is an answer.
     *
     * @return how many the answer has
     * @throws KubernetesClientException when there is none, or the kubeconfig's user may not list pods
     */
    public int probe() {
        return client.pods()
                .inAnyNamespace()
                .list(new ListOptionsBuilder().withLimit(1L).build())
                .getItems()
                .size();
    }

    /** Watches no more until asked again, and then anew; what was seen is forgotten. */
    public void renew() {
        pods.renew();
        store = new PodStore();
    }

    @Override
    public void close() {
        pods.close();
    }

    private PodStore emptied() {
        var next = new PodStore();
        store = next;
        return next;
    }

    /** The scheduler watches the same ones: those that have ended ask for nothing. */
    private static Informable<Pod> unfinished(KubernetesClient client) {
        return client.pods()
                .inAnyNamespace()
                .withoutField("status.phase", "Succeeded")
                .withoutField("status.phase", "Failed");
    }
}
