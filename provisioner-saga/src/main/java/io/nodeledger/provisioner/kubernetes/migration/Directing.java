package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Directs namespaces and their DaemonSets, each by a patch that names the version which it was made for. */
final class Directing {
    private static final int TRIES = 10;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final Target target;
    private final Runnable assertLease;
    private final Instant now;

    Directing(KubernetesClient client, Target target, Runnable assertLease, Instant now) {
        this.client = client;
        this.target = target;
        this.assertLease = assertLease;
        this.now = now;
    }

    /**
     * Directs the pods that the namespaces make from now on, DaemonSets' included. Namespaces first: should the API server
     * not go by them, no DaemonSet has been touched.
     *
     * @return why they can't be directed; whatever was annotated is still there, for {@link Target.Shared} to take away
     */
    Optional<MoveRound.Impossible> direct(Collection<String> namespaces) throws InterruptedException {
        for (var namespace : namespaces) {
            edit(client.namespaces().withName(namespace), found -> {
                var changes = NamespaceDirection.changes(found.getMetadata(), target, now);
                return changes.isEmpty()
                        ? Map.of()
                        : Map.of(
                                "metadata",
                                Map.of(
                                        "resourceVersion",
                                        found.getMetadata().getResourceVersion(),
                                        "annotations",
                                        changes));
            });
        }
        var ignored = tried(namespaces);
        if (ignored.isPresent()) {
            return ignored;
        }
        for (var namespace : namespaces) {
            for (var set :
                    client.apps().daemonSets().inNamespace(namespace).list().getItems()) {
                edit(
                        client.apps()
                                .daemonSets()
                                .inNamespace(namespace)
                                .withName(set.getMetadata().getName()),
                        found -> DaemonSetDirection.patch(found, target));
            }
        }
        return Optional.empty();
    }

    /** Why the API server does not go by what the namespaces say. */
    Optional<MoveRound.Impossible> tried(Collection<String> namespaces) throws InterruptedException {
        for (var namespace : namespaces) {
            var missing = tried(namespace);
            if (missing.isPresent()) {
                return missing.map(reason -> new MoveRound.Impossible(MoveRound.BLOCKED, reason));
            }
        }
        return Optional.empty();
    }

    private Optional<String> tried(String namespace) throws InterruptedException {
        if (!(target instanceof Target.Dedicated dedicated)) {
            return Optional.empty();
        }
        try {
            return TrialPod.missing(client, namespace, dedicated);
        } catch (KubernetesClientException refused) {
            var reason = ClusterFaults.reason(refused);
            if (refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND || reason.contains("being terminated")) {
                return Optional.empty();
            }
            if (ClusterFaults.isRefusal(refused) || reason.contains("whitelist")) {
                return Optional.of("Namespace %s lets no pod go to dedicated nodes: %s".formatted(namespace, reason));
            }
            throw refused;
        }
    }

    /** What is gone, or going, needs no direction. */
    private <T extends HasMetadata> void edit(Resource<T> resource, Function<T, Map<String, Object>> change) {
        for (int tried = 1; ; tried++) {
            var found = resource.get();
            if (found == null || found.getMetadata().getDeletionTimestamp() != null) {
                return;
            }
            var patch = change.apply(found);
            if (patch.isEmpty()) {
                return;
            }
            assertLease.run();
            try {
                resource.patch(MERGE, Serialization.asJson(patch));
                return;
            } catch (KubernetesClientException refused) {
                if (refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    return;
                }
                if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT || tried == TRIES) {
                    throw refused;
                }
            }
        }
    }
}
