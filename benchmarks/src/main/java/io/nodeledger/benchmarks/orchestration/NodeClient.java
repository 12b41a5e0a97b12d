package io.nodeledger.benchmarks.orchestration;

import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dashboard's view of a node: it asks for one and looks until it runs. */
final class NodeClient {
    private static final String NODES = "/api/v1/workspaces/ws-demo/nodes";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;
    private final String token;

    NodeClient(String baseUrl, DataFolder folder) throws IOException, GeneralSecurityException {
        this.baseUrl = baseUrl;
        this.token = Tokens.of(folder).mint(TokenRequest.operator("benchmark"));
    }

    /** Asks for a node and returns its id. */
    String ask(String name, String region) throws IOException, InterruptedException {
        String body = """
                {"name": "%s", "plan_id": "plan-dedicated-2c4g", "region": "%s"}""".formatted(name, region);
        return send(request(NODES)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .path("data")
                .path("id")
                .stringValue();
    }

    /** Asks for a node to be stopped, after its workloads have been moved away. */
    void stop(String nodeId) throws IOException, InterruptedException {
        var _ = send(
                request(NODES + "/" + nodeId + "/stop?drain_timeout=600").POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Asks for another label on a node; while the last one is on its way to the cluster, that is a conflict. */
    void label(String nodeId, String value) throws IOException, InterruptedException {
        String body = "{\"labels\": {\"tier\": \"%s\"}}".formatted(value);
        var response = http.send(
                request(NODES + "/" + nodeId)
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300 && response.statusCode() != 409) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
    }

    /** Reads one node. */
    void read(String nodeId) throws IOException, InterruptedException {
        var _ = send(request(NODES + "/" + nodeId).GET());
    }

    /** How many nodes have this in their names and are in this status. */
    int count(String search, String status) throws IOException, InterruptedException {
        return send(request(NODES + "?per_page=1&search=" + search + "&status=" + status)
                        .GET())
                .path("pagination")
                .path("total")
                .intValue();
    }

    /** Time from the POST to the first read that says running. */
    Duration provisionUntilRunning(String name, String region) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String path = NODES + "/" + ask(name, region);
        while (elapsed(begin).compareTo(PATIENCE) < 0) {
            String status =
                    send(request(path).GET()).path("data").path("status").stringValue();
            if (status.equals("running")) {
                return elapsed(begin);
            }
            if (status.equals("error")) {
                throw new IllegalStateException(name + " ended in error");
            }
            Thread.sleep(LOOK);
        }
        throw new IllegalStateException(name + " does not run after " + PATIENCE);
    }

    private static Duration elapsed(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 404) {
            // The read model has not seen the node yet.
            return JSON.readTree("{\"data\": {\"status\": \"unknown\"}}");
        }
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
