package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Which namespaces of a cluster are a workspace's. */
public final class WorkspaceNamespaces {
    /** Label with the workspace's id on namespaces other than its own. */
    public static final String LABEL = "nodeledger.io/workspace";

    private static final String SYSTEM = "kube-";

    private WorkspaceNamespaces() {}

    /**
     * Their names, ordered; none that is being deleted.
     *
     * @param own the namespace that is the workspace's without a label, if it exists
     * @throws KubernetesClientException when the cluster does not answer
     */
    public static List<String> of(KubernetesClient client, String own, String workspaceId) {
        var labelled = client.namespaces().withLabel(LABEL, workspaceId).list().getItems().stream();
        var named = Stream.of(own)
                .filter(name -> !name.isEmpty())
                .map(name -> client.namespaces().withName(name).get())
                .filter(Objects::nonNull);
        return Stream.concat(named, labelled)
                .map(Namespace::getMetadata)
                .filter(metadata -> metadata.getDeletionTimestamp() == null)
                .map(metadata -> metadata.getName())
                .filter(name -> !name.startsWith(SYSTEM))
                .distinct()
                .sorted()
                .toList();
    }
}
