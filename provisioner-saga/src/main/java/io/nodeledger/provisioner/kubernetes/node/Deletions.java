package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Set;

/** Deletes exactly the object that was looked at, never one that has taken its name since. */
public final class Deletions {
    private static final Set<Integer> GONE = Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT);

    private Deletions() {}

    /** Deletes the object with its own grace. Its absence, or another uid under its name, is success. */
    public static void exactly(KubernetesClient client, String path, HasMetadata seen) {
        delete(client, path, options(seen).build());
    }

    /** Deletes the object without any grace, for pods whose kubelet no longer answers. */
    public static void atOnce(KubernetesClient client, String path, HasMetadata seen) {
        delete(client, path, options(seen).withGracePeriodSeconds(0L).build());
    }

    private static DeleteOptionsBuilder options(HasMetadata seen) {
        return new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withNewPreconditions()
                .withUid(seen.getMetadata().getUid())
                .endPreconditions();
    }

    private static void delete(KubernetesClient client, String path, DeleteOptions options) {
        try {
            client.raw(path, "DELETE", options);
        } catch (KubernetesClientException refused) {
            if (!GONE.contains(refused.getCode())) {
                throw refused;
            }
        }
    }
}
