package io.nodeledger.query.allocation;

import static io.nodeledger.query.allocation.ObservedWorkspace.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a node holds, where nodes are shown. */
class NodeWorkloadHttpTest {
    private static ObservedWorkspace workspace;
    private static ObservedClusters observed;

    @BeforeAll
    static void given_a_running_node_and_one_that_is_being_provisioned() {
        workspace = new ObservedWorkspace(node(1).provision().succeed(), node(3).provision());
        assertAsLogged(show("node-1", ""));
        workspace.observe();
        observed = workspace.observed;
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @BeforeEach
    void nothing_is_observed() {
        observed.clear();
    }

    @Test
    void a_node_shows_its_applications_and_what_can_be_requested_of_it_now() {
        observed.cluster(0, 170);
        observed.node("node-1", 600, 1, 7);
        observed.set("kubernetes_workload", "allocatable = '{\"cpu\":\"3500m\",\"memory\":\"7Gi\",\"pods\":\"64\"}'");

        var data = show("node-1", "");

        assertThat(data.get("applications").toString())
                .isEqualTo("[{\"id\":\"shop/backend-api\",\"name\":\"backend-api\",\"pods\":3}]");
        assertThat(data.at("/kubernetes/allocatable").toString())
                .isEqualTo("{\"cpu\":\"3.5\",\"memory\":\"7Gi\",\"pods\":\"64\"}");
        assertThat(data.at("/kubernetes/capacity").toString())
                .isEqualTo("{\"cpu\":\"4\",\"memory\":\"8Gi\",\"pods\":\"110\"}");
    }

    @Test
    void what_was_seen_too_long_ago_or_asked_of_another_time_is_what_the_log_tells() {
        observed.cluster(0, 182);
        observed.node("node-1", 600, 1, 7);
        observed.set("kubernetes_workload", "allocatable = '{\"cpu\":\"3500m\",\"memory\":\"7Gi\",\"pods\":\"64\"}'");
        assertAsLogged(show("node-1", ""));

        observed.clear();
        observed.cluster(0, 0);
        observed.node("node-1", 600, 1, 7);
        assertAsLogged(show("node-1", "?at=" + Instant.now()));
        assertThat(show("node-1", "").has("applications")).isTrue();
    }

    @Test
    void a_node_that_has_not_joined_has_no_quantities_whatever_its_cluster_says() {
        observed.cluster(0, 0);
        observed.node("node-3", 0, 0, 0);

        assertThat(show("node-3", "").get("kubernetes").has("allocatable")).isFalse();
    }

    private static void assertAsLogged(JsonNode node) {
        assertThat(node.has("applications")).isFalse();
        assertThat(node.at("/kubernetes/allocatable").toString())
                .isEqualTo("{\"cpu\":\"3.8\",\"memory\":\"7.5Gi\",\"pods\":\"110\"}");
    }

    private static JsonNode show(String id, String query) {
        return workspace
                .server
                .get("/api/v1/workspaces/ws-123/nodes/" + id + query)
                .data();
    }
}
