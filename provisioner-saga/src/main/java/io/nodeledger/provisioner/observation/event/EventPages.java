package io.nodeledger.provisioner.observation.event;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of nodes that a cluster still has. */
final class EventPages {
    /** Where those of nodes are, which belong to no namespace. */
    static final String NAMESPACE = "default";

    /** Their uid may be the node's name, so that they can only be selected by kind. */
    static final String OF_NODES = "involvedObject.kind=Node";

    private static final long PAGE = 500;

    private EventPages() {}

    /**
     * Reads them page by page, so that no more than a page is in memory.
     *
     * @return the version after which a watch goes on
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not answer or refuses, also
     *     when reading took longer than it remembers
     */
    static String read(KubernetesClient client, Instant now, Consumer<List<SeenEvent>> page) {
        @Nullable String next = null;
        String version;
        do {
            var listed = client.v1()
                    .events()
                    .inNamespace(NAMESPACE)
                    .list(new ListOptionsBuilder()
                            .withFieldSelector(OF_NODES)
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.accept(listed.getItems().stream()
                    .map(event -> SeenEvent.of(event, now))
                    .flatMap(Optional::stream)
                    .toList());
            version = listed.getMetadata().getResourceVersion();
            next = listed.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return version;
    }
}
