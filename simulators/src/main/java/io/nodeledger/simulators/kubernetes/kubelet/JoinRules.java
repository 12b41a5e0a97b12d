package io.nodeledger.simulators.kubernetes.kubelet;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.simulators.kubernetes.kubelet.JoinRequest.Distribution;
import io.nodeledger.simulators.kubernetes.object.ApiError.Cause;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Names;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Why a machine may not join now: token, endpoint, pin, name and labels, as kubeadm, k3s and the kubelet check them. */
final class JoinRules {
    private static final Set<String> KUBELET_LABELS = Set.of(
            "kubernetes.io/hostname",
            "kubernetes.io/arch",
            "kubernetes.io/os",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "node.kubernetes.io/instance-type",
            "beta.kubernetes.io/arch",
            "beta.kubernetes.io/os",
            "beta.kubernetes.io/instance-type");
    private final ObjectStore store;
    private final Connections connections;
    private volatile ClusterIdentity cluster = new ClusterIdentity(Set.of(), 0, "");

    JoinRules(ObjectStore store, Connections connections) {
        this.store = store;
        this.connections = connections;
    }

    void serveAt(ClusterIdentity served) {
        cluster = served;
    }

    /** The obstacle in the words of the tool that meets it; empty when the machine may join. */
    Optional<String> obstacle(JoinRequest request) {
        if (!cluster.reachedAt(request.endpoint())
                || !connections.joins(request.registration().name())) {
            return Optional.of("couldn't validate the identity of the API Server: Get \"https://" + request.endpoint()
                    + "/api/v1/namespaces/kube-public/configmaps/cluster-info\": connection refused");
        }
        if (!request.unpinned() && !request.caHashes().contains(cluster.caHash())) {
            return Optional.of("cluster CA found in cluster-info ConfigMap is invalid: none of the public keys \""
                    + cluster.caHash() + "\" are pinned");
        }
        return token(request)
                .or(() -> name(request))
                .or(() -> labels(request.registration().labels()));
    }

    private Optional<String> token(JoinRequest request) {
        int dot = request.token().indexOf('.');
        String id = dot > 0 ? request.token().substring(0, dot) : "";
        var secret = store.find(Resource.SECRETS, new ObjectKey("kube-system", "bootstrap-token-" + id));
        if (secret.isEmpty()
                || !text(secret.get(), "type").equals("bootstrap.kubernetes.io/token")
                || !data(secret.get(), "token-id").equals(id)
                || !data(secret.get(), "token-secret").equals(request.token().substring(dot + 1))) {
            return Optional.of(
                    "could not find a JWS signature in the cluster-info ConfigMap for token ID \"" + id + "\"");
        }
        String expiration = data(secret.get(), "expiration");
        if (!expiration.isEmpty()
                && Times.parse(expiration).orElse(Instant.EPOCH).isBefore(Instant.now())) {
            return Optional.of("the bootstrap token \"" + id + "\" has expired");
        }
        boolean usable = data(secret.get(), "usage-bootstrap-authentication").equals("true")
                && (request.unpinned()
                        || data(secret.get(), "usage-bootstrap-signing").equals("true"));
        return usable ? Optional.empty() : Optional.of("the bootstrap token \"" + id + "\" is not usable for joining");
    }

    private static String data(JsonNode secret, String key) {
        try {
            return new String(Base64.getDecoder().decode(text(secret, "data", key)), UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private Optional<String> name(JoinRequest request) {
        String name = request.registration().name();
        if (!Names.subdomain(name)) {
            return Optional.of("nodeRegistration.name: Invalid value: \"" + name + "\"");
        }
        var existing = store.find(Resource.NODES, ObjectKey.cluster(name));
        if (existing.isEmpty()) {
            return Optional.empty();
        }
        if (request.distribution() == Distribution.K3S) {
            return Optional.of("Node password rejected, duplicate hostname or contents of"
                    + " '/etc/rancher/node/password' may not match server node-passwd entry");
        }
        return Fields.ready(existing.get())
                ? Optional.of("a Node with name \"" + name + "\" and status \"Ready\" already exists in the cluster")
                : Optional.empty();
    }

    /** A kubelet refuses to start with labels in Kubernetes' own name space that it may not set on itself. */
    private static Optional<String> labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> labelProblem(label.getKey(), label.getValue()))
                .flatMap(Optional::stream)
                .map(Cause::message)
                .findFirst();
    }

    private static Optional<Cause> labelProblem(String key, String value) {
        String prefix = key.contains("/") ? key.substring(0, key.indexOf('/')) : "";
        boolean reserved = prefix.equals("kubernetes.io")
                || prefix.equals("k8s.io")
                || prefix.endsWith(".kubernetes.io")
                || prefix.endsWith(".k8s.io");
        boolean allowed = KUBELET_LABELS.contains(key)
                || prefix.endsWith("kubelet.kubernetes.io")
                || (prefix.endsWith("node.kubernetes.io") && !prefix.endsWith("-node.kubernetes.io"));
        if (reserved && !allowed) {
            return Optional.of(new Cause(
                    "",
                    "failed to validate kubelet flags: unknown 'kubernetes.io' or 'k8s.io' labels specified with"
                            + " --node-labels: [" + key + "]",
                    key));
        }
        return Names.qualified(key) && Names.labelValue(value)
                ? Optional.empty()
                : Optional.of(new Cause("", "invalid label --node-labels: " + key + "=" + value, key));
    }
}
