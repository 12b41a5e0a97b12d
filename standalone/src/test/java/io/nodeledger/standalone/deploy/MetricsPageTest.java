package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of metrics has all that there are, with their labels, and none besides. */
class MetricsPageTest {
    private static final Pattern SAMPLE =
            Pattern.compile("^(nodeledger_[a-z_]+)(?:\\{([^}]*)})? .*$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"[^\"]*\"");
    private static final Set<String> EVERYWHERE = Set.of("application", "le");

    private final DescribedMetrics page;

    MetricsPageTest() throws IOException {
        page = DescribedMetrics.read(DeployFolder.DOCS.resolve("metrics.md"));
    }

    @Test
    void whatTheCodeMeasuresIsDescribedAndNothingElse() throws IOException {
        assertThat(page.byName().keySet())
                .containsExactlyInAnyOrderElementsOf(KnownMetrics.read().ours());
    }

    @Test
    void whatIsExposedIsDescribedWithItsLabels() throws Exception {
        var server = StandaloneServer.shared();
        try (var caller = server.as(StandaloneServer.WORKSPACE, "admin")) {
            String nodes = "/api/v1/workspaces/" + StandaloneServer.WORKSPACE + "/nodes";
            assertThat(caller.post(nodes, Map.of("name", "measured", "plan_id", "plan-dedicated-2c4g"))
                            .status())
                    .isEqualTo(202);
        }
        assertThat(get(server.runtime().baseUrl() + "/api/v1/plans").statusCode())
                .isEqualTo(401);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(exposed(server))
                        .containsKeys(
                                "nodeledger_operations_seconds",
                                "nodeledger_operations_begun_total",
                                "nodeledger_operations_unfinished",
                                "nodeledger_steps_seconds",
                                "nodeledger_provider_calls_seconds",
                                "nodeledger_provider_up",
                                "nodeledger_region_room",
                                "nodeledger_region_observation_age_seconds",
                                "nodeledger_processor_lag_seconds",
                                "nodeledger_requests_refused_total",
                                "nodeledger_transitions_open",
                                "nodeledger_webhooks_endpoints",
                                "nodeledger_attention",
                                "nodeledger_health"));
        exposed(server)
                .forEach((name, labels) -> assertThat(page.byName())
                        .as(name)
                        .hasEntrySatisfying(
                                name, described -> assertThat(labels).as(name).isEqualTo(described.labels())));
    }

    /** By the name that the parts of a metric have in common, the labels that it was seen with. */
    private Map<String, Set<String>> exposed(StandaloneServer server) throws IOException, InterruptedException {
        var found = new TreeMap<String, Set<String>>();
        String scraped =
                get(server.runtime().managementUrl() + "/actuator/prometheus").body();
        SAMPLE.matcher(scraped).results().forEach(sample -> {
            String labels = sample.group(2) == null ? "" : sample.group(2);
            found.computeIfAbsent(whole(sample.group(1)), _ -> new TreeSet<>())
                    .addAll(LABEL.matcher(labels)
                            .results()
                            .map(label -> label.group(1))
                            .filter(label -> !EVERYWHERE.contains(label))
                            .collect(Collectors.toSet()));
        });
        return found;
    }

    private String whole(String name) {
        return Stream.of("_count", "_sum", "_max", "_bucket")
                .filter(part -> name.endsWith("_seconds" + part))
                .map(part -> name.substring(0, name.length() - part.length()))
                .findFirst()
                .orElse(name);
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        }
    }
}
