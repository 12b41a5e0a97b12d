package io.nodeledger.query.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.QueryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** What operators reach beside the API, and that there is nothing else. */
class ManagementEndpointsTest {
    private static final List<String> CLOSED = List.of(
            "beans",
            "conditions",
            "configprops",
            "env",
            "flyway",
            "heapdump",
            "loggers",
            "mappings",
            "metrics",
            "sbom",
            "shutdown",
            "threaddump");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aPortOfItsOwnTellsHealthAndMetricsAndNothingElse() throws Exception {
        try (var server = new QueryServer("--management.server.port=0")) {
            String management = port(server, "local.management.port");

            var links = JsonMapper.shared().readTree(get(management, "").body()).path("_links");
            assertThat(new TreeSet<>(links.propertyNames()))
                    .containsExactly(
                            "health", "health-path", "info", "projections", "projections-name", "prometheus", "self");
            assertThat(status(management, "/health")).isEqualTo(200);
            assertThat(status(management, "/prometheus")).isEqualTo(200);
            for (String endpoint : CLOSED) {
                assertThat(status(management, "/" + endpoint)).as(endpoint).isEqualTo(404);
                assertThat(status(port(server, "local.server.port"), "/" + endpoint))
                        .as(endpoint + " on the API's port")
                        .isIn(401, 403, 404);
            }
        }
    }

    @Test
    void withoutSuchAPortThereIsHealthAlone() throws Exception {
        try (var server = new QueryServer()) {
            String api = port(server, "local.server.port");

            assertThat(status(api, "/health")).isEqualTo(200);
            for (String endpoint : List.of("info", "prometheus", "projections", "env", "sbom")) {
                assertThat(status(api, "/" + endpoint)).as(endpoint).isIn(401, 403, 404);
            }
        }
    }

    private int status(String port, String path) throws IOException, InterruptedException {
        return get(port, path).statusCode();
    }

    private HttpResponse<String> get(String port, String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + port + "/actuator" + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String port(QueryServer server, String name) {
        return String.valueOf(server.bean(Environment.class).getProperty(name));
    }
}
