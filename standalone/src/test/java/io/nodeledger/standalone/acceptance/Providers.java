package io.nodeledger.standalone.acceptance;

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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a region's providers really hold, asked directly and not through the product's own clients. */
final class Providers implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final RuntimeFile.Region region;
    private final KubernetesClient kubernetes;
    private final HttpClient proxmox;

    Providers(RuntimeFile runtime, String id) {
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
    List<String> machinesOf(String nodeId) throws IOException, InterruptedException {
        return tagged(nodeId).map(machine -> machine.path("name").asString()).toList();
    }

    /** Numbers of the machines that carry the node's tag. */
    List<Integer> machineIdsOf(String nodeId) throws IOException, InterruptedException {
        return tagged(nodeId).map(machine -> machine.path("vmid").asInt()).toList();
    }

    private Stream<JsonNode> tagged(String nodeId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(region.proxmoxUrl() + "/api2/json/cluster/resources?type=vm"))
                .header("Authorization", "PVEAPIToken=" + region.proxmoxToken())
                .build();
        var answer = proxmox.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(answer)
                .path("data")
                .valueStream()
                .filter(machine -> Arrays.asList(
                                machine.path("tags").asString("").split(";"))
                        .contains(nodeId));
    }

    /** Names of the Kubernetes nodes that carry the node's label. */
    List<String> kubernetesNodesOf(String nodeId) {
        return kubernetes.nodes().withLabel("nodeledger.io/node-id", nodeId).list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .toList();
    }

    @Override
    public void close() {
        kubernetes.close();
        proxmox.close();
    }
}
