package io.nodeledger.provisioner.kubernetes.pod;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The pods that nodes have, asked node by node and remembered for a moment: enough to count those that hardly ever change. */
public final class NodePods {
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final Cache<String, List<Pod>> looks = Caffeine.newBuilder()
            .expireAfterWrite(MOMENT)
            .scheduler(Scheduler.systemScheduler())
            .build();

    public NodePods(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The pods on a node as they were a moment ago, those that have ended included.
     *
     * @throws KubernetesClientException when there is no answer
     */
    public List<Pod> on(String node) {
        return Objects.requireNonNull(looks.get(node, this::read));
    }

    /** From the API server's cache, which knows pods by their nodes; otherwise it would read all that there are. */
    private List<Pod> read(String node) {
        return client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", node)
                .list(new ListOptionsBuilder().withResourceVersion("0").build())
                .getItems();
    }
}
