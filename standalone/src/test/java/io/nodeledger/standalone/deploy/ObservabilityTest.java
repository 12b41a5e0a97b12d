package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts and dashboards look at what there is, and whoever is woken finds a page to go by. */
class ObservabilityTest {
    private static final Path OBSERVABILITY = DeployFolder.DEPLOY.resolve("observability");
    private static final Path RUNBOOKS = DeployFolder.DOCS.resolve("runbooks");

    private final KnownMetrics known;

    ObservabilityTest() throws IOException {
        known = KnownMetrics.read();
    }

    @Test
    void namesAreFoundInExpressions() {
        var expression = new Expression("max by (pool) (a_b{c=\"d_e\"}) > 0 and on (pool) rate(f_total[5m]) > 0.1");

        assertThat(expression.metrics()).containsExactly("a_b", "f_total");
        assertThat(known.has("nodeledger_processor_lag")).isTrue();
        assertThat(known.has("nodeledger_commands_seconds_bucket")).isTrue();
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() throws IOException {
        var pages = new ArrayList<String>();
        for (JsonNode alert : alerts()) {
            String name = alert.path("alert").asString();
            assertThat(alert.path("annotations").path("runbook_url").asString(""))
                    .as(name)
                    .isEqualTo("docs/runbooks/" + name + ".md");
            assertThat(RUNBOOKS.resolve(name + ".md")).isRegularFile();
            pages.add(name + ".md");
        }
        assertThat(DeployFolder.files(RUNBOOKS, ".md"))
                .extracting(page -> page.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(pages);
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatHappens() throws IOException {
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.path("labels").path("severity").asString("")).isIn("critical", "warning");
            assertThat(alert.path("annotations").path("summary").asString("")).isNotBlank();
            assertThat(alert.path("annotations").path("description").asString(""))
                    .isNotBlank();
        });
    }

    @Test
    void alertsLookAtMetricsThatExist() throws IOException {
        for (JsonNode alert : alerts()) {
            checkMetrics(alert.path("alert").asString(), alert.path("expr").asString());
        }
    }

    @Test
    void dashboardsLookAtMetricsThatExist() throws IOException {
        var json = new JsonMapper();
        for (Path file : DeployFolder.files(OBSERVABILITY.resolve("grafana"), ".json")) {
            var dashboard = json.readTree(Files.readString(file));
            assertThat(dashboard.path("title").asString("")).startsWith("Nodeledger / ");
            List<String> expressions = dashboard.findValuesAsString("expr");
            assertThat(expressions).as(file.toString()).isNotEmpty();
            expressions.forEach(expression -> checkMetrics(file.toString(), expression));
        }
    }

    private void checkMetrics(String where, String expression) {
        assertThat(new Expression(expression).metrics())
                .as("%s: %s", where, expression)
                .isNotEmpty()
                .allMatch(known::has);
    }

    private static List<JsonNode> alerts() throws IOException {
        var found = new ArrayList<JsonNode>();
        for (JsonNode document : DeployFolder.documents(OBSERVABILITY.resolve("prometheus/rules.yaml"))) {
            document.path("groups").forEach(group -> group.path("rules").forEach(found::add));
        }
        return found;
    }
}
