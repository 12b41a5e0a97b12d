package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.token.TokenRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller who waits for the end, repeats requests and reads on, against the whole product. */
class WaitingTest {
    private static final String NODES = "/api/v1/workspaces/" + StandaloneServer.WORKSPACE + "/nodes";
    private static final StandaloneServer SERVER = StandaloneServer.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TOKEN = SERVER.token(
            new TokenRequest("patient", StandaloneServer.WORKSPACE, "admin", false, Duration.ofMinutes(10)));

    @Test
    void a_node_is_made_and_removed_in_two_calls_and_both_can_be_repeated() throws Exception {
        var made = send(provision());
        String node = data(made).path("id").asString();

        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(data(made).path("status").asString()).isEqualTo("running");
        assertThat(data(made).path("operation_status").asString()).isEqualTo("succeeded");

        var read = send(request(NODES + "/" + node)
                .header(
                        "X-Min-Event-Position",
                        made.headers().firstValue("X-Event-Position").orElseThrow())
                .GET());
        assertThat(data(read).path("status").asString()).isEqualTo("running");
        assertThat(read.headers().map()).containsKeys("ratelimit", "ratelimit-policy", "x-ratelimit-remaining");

        var removed = send(remove(node));
        assertThat(removed.statusCode()).as(removed.body()).isEqualTo(200);
        assertThat(data(removed).path("operation_status").asString()).isEqualTo("succeeded");

        var madeAgain = send(provision());
        var removedAgain = send(remove(node));
        assertThat(data(madeAgain).path("id").asString()).isEqualTo(node);
        assertThat(data(removedAgain)).isEqualTo(data(removed));
        assertThat(removedAgain.headers().firstValue("Idempotency-Replayed")).contains("true");
    }

    private static HttpRequest.Builder provision() {
        return request(NODES)
                .header("Prefer", "wait=30")
                .header("Idempotency-Key", "a patient caller's node")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"waited-for\",\"plan_id\":\"plan-dedicated-2c4g\"}"));
    }

    private static HttpRequest.Builder remove(String node) {
        return request(NODES + "/" + node + "?force=true")
                .header("Prefer", "wait=30")
                .header("Idempotency-Key", "a patient caller's removal")
                .DELETE();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(SERVER.runtime().baseUrl() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode data(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body()).path("data");
    }
}
