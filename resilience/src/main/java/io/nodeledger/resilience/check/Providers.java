package io.nodeledger.resilience.check;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nodeledger.resilience.world.World;
import io.nodeledger.testing.PinnedTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the providers really hold, asked directly and not through the product's own clients. */
public final class Providers implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NODE_LABEL = "nodeledger.io/node-id";

    private final HttpClient http;
    private final String base;
    private final String token;
    private final KubernetesClient kubernetes;

    public Providers(World world) throws IOException {
        http = HttpClient.newBuilder()
                .sslContext(PinnedTls.of(world.proxmox().fingerprint()))
                .build();
        base = world.proxmox().url() + "/api2/json";
        token = world.proxmox().token();
        kubernetes = new KubernetesClientBuilder()
                .withConfig(
                        Config.fromKubeconfig(world.kubernetes().kubeconfig().toFile()))
                .build();
    }

    /**
     * A machine.
     *
     * @param name the node's id, for those of ours
     */
    public record Machine(int vmId, String name, String host, String status, boolean template) {
        boolean isOn() {
            return status.equals("running");
        }
    }

    /** All machines of the cluster. */
    public List<Machine> machines() {
        return get("/cluster/resources?type=vm")
                .valueStream()
                .map(row -> new Machine(
                        row.path("vmid").asInt(),
                        row.path("name").asString(""),
                        row.path("node").asString(""),
                        row.path("status").asString(""),
                        row.path("template").asInt(0) == 1))
                .toList();
    }

    /** A machine's configuration as text. */
    public String config(Machine machine) {
        return get("/nodes/" + machine.host() + "/qemu/" + machine.vmId() + "/config")
                .toString();
    }

    /** Names of the images on the shared storage. */
    public List<String> images() {
        return get("/nodes/pve1/storage/shared/content")
                .valueStream()
                .map(row -> row.path("volid").asString(""))
                .filter(volume -> volume.contains("iso/"))
                .toList();
    }

    /** The notes of the backups on the shared storage, by their volumes' names. */
    public Map<String, String> backups() {
        return get("/nodes/pve1/storage/shared/content?content=backup")
                .valueStream()
                .collect(Collectors.toMap(
                        row -> row.path("volid").asString(""),
                        row -> row.path("notes").asString("")));
    }

    /** Names of the Kubernetes nodes that bear our label. */
    public List<String> kubernetesNodes() {
        return names(kubernetes.nodes().withLabel(NODE_LABEL).list().getItems());
    }

    /** The nodes that join tokens are left of, by their ids. */
    public List<String> joinTokens() {
        return kubernetes.secrets().inNamespace("kube-system").withLabel(NODE_LABEL).list().getItems().stream()
                .map(secret -> secret.getMetadata().getLabels().get(NODE_LABEL))
                .toList();
    }

    /** Clones the template for somebody who has nothing to do with the product. */
    public void makeForeignMachine(int vmId, String name) {
        send(HttpRequest.newBuilder(URI.create(base + "/nodes/pve1/qemu/9000/clone"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "newid=%d&name=%s&full=1&storage=shared".formatted(vmId, name))));
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            var answer = http.send(
                    request.header("Authorization", "PVEAPIToken=" + token).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer + ": " + answer.body());
            }
            return JSON.readTree(answer.body()).path("data");
        } catch (IOException unreachable) {
            throw new IllegalStateException("The simulated Proxmox cluster does not answer", unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).toList();
    }

    @Override
    public void close() {
        http.close();
        kubernetes.close();
    }
}
