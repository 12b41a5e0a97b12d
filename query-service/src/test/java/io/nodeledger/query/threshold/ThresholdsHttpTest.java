package io.nodeledger.query.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.SettingsEvent.NodeThresholdsChanged;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceThresholdsChanged;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts for a node is what it sets itself, else what its workspace sets, else what the installation does. */
class ThresholdsHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final Instant LATER = Instant.parse("2024-01-21T10:00:00Z");

    private static QueryServer server;

    @BeforeAll
    static void given_settings_of_a_workspace_and_of_one_of_its_nodes() {
        server = new QueryServer("--nodeledger.thresholds.storage.percentage=77.5");
        server.append(Workspaces.registered("ws-123"));
        server.append(Workspaces.registered("ws-plain"));
        server.append(node(1).provision().succeed());
        server.append(node(2).provision().succeed());
        server.append(node(3).provision().succeed().delete(NodeStatus.RUNNING).gone());
        server.append(List.of(
                new WorkspaceThresholdsChanged(
                        "ws-123", new Thresholds(threshold("80", 60), threshold("70.5", 0), null), LATER),
                new NodeThresholdsChanged("node-1", "ws-123", new Thresholds(threshold("50", 5), null, null), LATER)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_node_shows_what_counts_and_who_has_set_it() {
        assertThat(shown(NODES + "/node-1/thresholds"))
                .isEqualTo("{\"cpu\":{\"percentage\":50.0,\"for_seconds\":5,\"source\":\"node\"},"
                        + "\"memory\":{\"percentage\":70.5,\"for_seconds\":0,\"source\":\"workspace\"},"
                        + "\"storage\":{\"percentage\":77.5,\"for_seconds\":300,\"source\":\"installation\"}}");
    }

    @Test
    void a_node_that_sets_nothing_shows_what_its_workspace_shows() {
        assertThat(shown(NODES + "/node-2/thresholds"))
                .isEqualTo(shown(NODES + "/thresholds"))
                .contains("\"cpu\":{\"percentage\":80.0,\"for_seconds\":60,\"source\":\"workspace\"}");
    }

    @Test
    void a_workspace_that_sets_nothing_shows_the_installations() {
        assertThat(shown("/api/v1/workspaces/ws-plain/nodes/thresholds"))
                .contains("\"cpu\":{\"percentage\":90.0,\"for_seconds\":300,\"source\":\"installation\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node-3/thresholds",
                "node-9/thresholds",
                "thresholds/thresholds",
                "operations/thresholds",
                "usage/thresholds"
            })
    void what_is_no_live_node_is_not_found(String path) {
        var answer = server.get(NODES + "/" + path);

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(404);
        assertThat(answer.body().path("error").path("code").asString()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void the_audit_and_the_events_of_the_node_tell_the_change() {
        var entry = server.get(NODES + "/node-1/audit?sort=-position").data().get(0);

        assertThat(entry.path("type").asString()).isEqualTo("node.thresholds_changed");
        assertThat(entry.path("data").toString())
                .isEqualTo("{\"thresholds\":{\"cpu\":{\"percentage\":50.0,\"for_seconds\":5}}}");
        assertThat(server.get(NODES + "/node-1/events")
                        .data()
                        .get(0)
                        .path("reason")
                        .asString())
                .isEqualTo("NodeThresholdsChanged");
    }

    private static String shown(String path) {
        var answer = server.get(path);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.data().toString();
    }

    private static Threshold threshold(String percentage, int forSeconds) {
        return new Threshold(new BigDecimal(percentage), forSeconds);
    }

    private static History node(int number) {
        return new History("node-" + number, "ws-123", "prod-" + number, Instant.parse("2024-01-20T10:00:00Z"));
    }
}
