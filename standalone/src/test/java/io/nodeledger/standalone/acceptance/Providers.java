package io.nodeledger.standalone.acceptance;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nodeledger.standalone.instance.RuntimeFile;
import io.nodeledger.testing.PinnedTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a region's providers really hold, asked directly and not through the product's own clients. */
public final class Providers implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final RuntimeFile.Region region;
    private final KubernetesClient kubernetes;
    private final HttpClient proxmox;

    /** Those of a region. */
    public Providers(RuntimeFile runtime, String id) {
        region = runtime.regions().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        kubernetes = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Path.of(region.kubeconfig()).toFile()))
                .build();
        proxmox = HttpClient.newBuilder()
                .sslContext(PinnedTls.of(String.valueOf(region.proxmoxFingerprint())))
                .build();
    }

    /** Names of the machines that carry the node's tag. */
    public List<String> machinesOf(String nodeId) throws IOException, InterruptedException {
        return tagged(nodeId).map(machine -> machine.path("name").asString()).toList();
    }

    /** Numbers of the machines that carry the node's tag. */
    List<Integer> machineIdsOf(String nodeId) throws IOException, InterruptedException {
        return tagged(nodeId).map(machine -> machine.path("vmid").asInt()).toList();
    }

    /** What the node's only machine really does: {@code running} or {@code stopped}. */
    String powerOf(String nodeId) throws IOException, InterruptedException {
        var machines = tagged(nodeId).toList();
        if (machines.size() != 1) {
            throw new AssertionError(nodeId + " has these machines: " + machines);
        }
        var machine = machines.getFirst();
        return read("/nodes/%s/qemu/%d/status/current"
                        .formatted(
                                machine.path("node").asString(),
                                machine.path("vmid").asInt()))
                .path("status")
                .asString();
    }

    private Stream<JsonNode> tagged(String nodeId) throws IOException, InterruptedException {
        return read("/cluster/resources?type=vm")
                .valueStream()
                .filter(machine -> Arrays.asList(
                                machine.path("tags").asString("").split(";"))
                        .contains(nodeId));
    }

    private JsonNode read(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(region.proxmoxUrl() + "/api2/json" + path))
                .header("Authorization", "PVEAPIToken=" + region.proxmoxToken())
                .build();
        var answer = proxmox.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(answer).path("data");
    }

    /** Names of the Kubernetes nodes that carry the node's label. */
    public List<String> kubernetesNodesOf(String nodeId) {
        return kubernetes.nodes().withLabel("nodeledger.io/node-id", nodeId).list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .toList();
    }

    /** The Kubernetes node that carries the node's label, if there is one. */
    Optional<Node> kubernetesNodeOf(String nodeId) {
        return kubernetes.nodes().withLabel("nodeledger.io/node-id", nodeId).list().getItems().stream()
                .findFirst();
    }

    /** Whether new pods may come to the node. */
    boolean isOpen(String nodeId) {
        return kubernetesNodeOf(nodeId)
                .filter(node -> !Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
                .isPresent();
    }

    /** The cluster as its owner reaches it. */
    KubernetesClient kubernetes() {
        return kubernetes;
    }

    @Override
    public void close() {
        kubernetes.close();
        proxmox.close();
    }
}
