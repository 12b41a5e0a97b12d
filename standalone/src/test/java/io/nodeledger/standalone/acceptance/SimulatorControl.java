package io.nodeledger.standalone.acceptance;

import io.nodeledger.standalone.instance.RuntimeFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes a region's simulators fail, by the address that runtime.json names. */
final class SimulatorControl implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> planned = new LinkedHashSet<>();
    private final String url;

    SimulatorControl(RuntimeFile runtime, String region) {
        url = runtime.regions().stream()
                .filter(one -> one.id().equals(region))
                .map(RuntimeFile.Region::simulatorControlUrl)
                .map(String::valueOf)
                .findFirst()
                .orElseThrow();
    }

    /** Plans a fault, of which apostrophes stand for quotation marks, and answers its id. */
    String fault(String json) throws IOException, InterruptedException {
        var answer = send("POST", "/faults", json.replace('\'', '"'));
        String id = JSON.readTree(expect(201, answer)).path("id").asString();
        planned.add(id);
        return id;
    }

    /** Plans a fault of such calls to the cluster. */
    String inKubernetes(String method, String path, String fault) throws IOException, InterruptedException {
        return fault("{'target': 'kubernetes', 'match': {'method': '%s', 'path_regex': '%s'}, %s}"
                .formatted(method, path, fault));
    }

    /** Plans a fault of such calls to the hosts. */
    String inProxmox(String method, String path, String fault) throws IOException, InterruptedException {
        return fault("{'target': 'proxmox', 'match': {'method': '%s', 'path_regex': '%s'}, %s}"
                .formatted(method, path, fault));
    }

    /** The region's faults that are still to come. */
    JsonNode faults() throws IOException, InterruptedException {
        return JSON.readTree(expect(200, send("GET", "/faults", "")));
    }

    /** How often it has happened. */
    int happened(String faultId) throws IOException, InterruptedException {
        return faults().valueStream()
                .filter(fault -> fault.path("id").asString().equals(faultId))
                .mapToInt(fault -> fault.path("happened").asInt())
                .sum();
    }

    void remove(String faultId) throws IOException, InterruptedException {
        expect(204, send("DELETE", "/faults/" + faultId, ""));
        planned.remove(faultId);
    }

    void vanish(int vmId) throws IOException, InterruptedException {
        expect(200, send("POST", "/machines/" + vmId + "/vanish", ""));
    }

    /** False when there is neither such a node nor a machine that wants to become it. */
    boolean silence(String node) throws IOException, InterruptedException {
        return send("POST", "/nodes/" + node + "/silence", "").statusCode() == 200;
    }

    void wake(String node) throws IOException, InterruptedException {
        expect(200, send("POST", "/nodes/" + node + "/wake", ""));
    }

    /** Takes back what is left of the faults that were planned here; others have theirs. */
    void forget() throws IOException, InterruptedException {
        for (String id : planned) {
            int status = send("DELETE", "/faults/" + id, "").statusCode();
            if (status != 204 && status != 404) {
                throw new AssertionError("The fault " + id + " was not taken back: " + status);
            }
        }
        planned.clear();
    }

    /** Takes the faults back, too. */
    @Override
    public void close() throws IOException {
        try (http) {
            forget();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new AssertionError(answer + " " + answer.body());
        }
        return answer.body();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
