package io.nodeledger.query.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** How nodes are. The tables of observation are another service's; here they are made as that makes them. */
class StatusHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final String UNKNOWN =
            "\"health\":\"unknown\",\"kubernetes\":{\"ready\":false,\"schedulable\":false,\"conditions\":[]}";
    private static final String RUNNING = "node-1";

    private static QueryServer server;
    private static JdbcClient jdbc;

    @BeforeAll
    static void given_nodes_in_every_state() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        server.append(node(1).provision().succeed());
        server.append(node(2).provision());
        server.append(node(3).provision().failed(Step.CLONE).provisioningFailed(Step.CLONE));
        server.append(node(4).provision().succeed().foundOff());
        server.append(node(5).provision().succeed().vanished(Duration.ofMinutes(1)));
        server.append(node(6).provision().succeed().delete(NodeStatus.RUNNING));
        server.append(node(7).provision().succeed().delete(NodeStatus.RUNNING).gone());
        server.append(node(8).provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .failed(Step.DRAIN)
                .needsAttention(Step.DRAIN));
        assertThat(status(RUNNING).toString())
                .as("before the other service has ever started")
                .isEqualTo("{\"id\":\"node-1\",\"status\":\"running\"," + UNKNOWN + "}");
        jdbc = server.bean(JdbcClient.class);
        jdbc.sql("""
                        CREATE SCHEMA provisioner;
                        CREATE TABLE provisioner.observed_cluster (region text, observed_at timestamptz);
                        CREATE TABLE provisioner.kubernetes_node (
                          region text, node_id text, ready boolean, schedulable boolean, conditions json, system json,
                          booted_at timestamptz);
                        CREATE TABLE provisioner.kubernetes_heartbeat (
                          region text, node_id text, seen_at timestamptz)""").update();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void nothing_is_observed() {
        jdbc.sql("TRUNCATE provisioner.observed_cluster, provisioner.kubernetes_node, provisioner.kubernetes_heartbeat")
                .update();
    }

    @Test
    void a_healthy_node_shows_the_documented_fields() {
        var up = Duration.ofDays(7).plusHours(12).plusMinutes(45).plusSeconds(5);
        observe(RUNNING, 0);
        node(RUNNING, true, "[" + condition("MemoryPressure", "False") + "," + condition("Ready", "True") + "]", up);
        heartbeat(RUNNING, 10);

        var answer = server.get(NODES + "/node-1/status");

        assertThat(answer.status()).isEqualTo(200);
        var data = answer.data();
        assertThat(data.propertyNames())
                .containsExactly(
                        "id",
                        "status",
                        "health",
                        "last_heartbeat",
                        "observed_at",
                        "uptime",
                        "uptime_seconds",
                        "kubernetes",
                        "system");
        assertThat(data.get("id").asString()).isEqualTo("node-1");
        assertThat(data.get("status").asString()).isEqualTo("running");
        assertThat(data.get("health").asString()).isEqualTo("healthy");
        assertThat(data.get("last_heartbeat").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(data.get("uptime").asString()).isEqualTo("7d 12h 45m");
        assertThat(data.get("uptime_seconds").asLong()).isBetween(up.toSeconds(), up.toSeconds() + 50);
        assertThat(data.get("kubernetes").toString())
                .isEqualTo("{\"ready\":true,\"schedulable\":true,\"conditions\":["
                        + "{\"type\":\"MemoryPressure\",\"status\":\"False\",\"last_transition\":\"2024-01-13T03:15:00Z\"},"
                        + "{\"type\":\"Ready\",\"status\":\"True\",\"last_transition\":\"2024-01-13T03:15:00Z\"}]}");
        assertThat(data.get("system").toString())
                .isEqualTo("{\"kernel_version\":\"5.15.0-56-generic\",\"os_image\":\"Ubuntu 22.04.1 LTS\","
                        + "\"container_runtime\":\"containerd://1.6.6\",\"kubelet_version\":\"v1.28.3\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "True, 0, MemoryPressure, False, healthy",
        "True, 0, MemoryPressure, True, degraded",
        "True, 0, DiskPressure, True, degraded",
        "True, 0, PIDPressure, True, degraded",
        "True, 0, NetworkUnavailable, True, degraded",
        "True, 0, MemoryPressure, Unknown, healthy",
        "True, 0, SomebodysOwn, True, healthy",
        "True, 38, MemoryPressure, False, healthy",
        "True, 42, MemoryPressure, False, unhealthy",
        "True, 42, MemoryPressure, True, unhealthy",
        "False, 0, MemoryPressure, False, unhealthy",
        "Unknown, 50, MemoryPressure, Unknown, unhealthy",
    })
    void readiness_age_of_the_heartbeat_and_pressure_decide(
            String ready, int heartbeatAge, String type, String status, String expected) {
        observe(RUNNING, 0);
        node(
                RUNNING,
                ready.equals("True"),
                "[" + condition(type, status) + "," + condition("Ready", ready) + "]",
                Duration.ofHours(1));
        heartbeat(RUNNING, heartbeatAge);

        var data = status(RUNNING);

        assertThat(data.get("health").asString()).isEqualTo(expected);
        assertThat(data.at("/kubernetes/ready").asBoolean()).isEqualTo(ready.equals("True"));
        assertThat(data.at("/kubernetes/conditions").size()).isEqualTo(2);
        assertThat(data.has("uptime")).isEqualTo(heartbeatAge < 40);
    }

    @Test
    void what_was_observed_too_long_ago_is_not_shown_as_if_it_were_so_now() {
        observe(RUNNING, 62);
        node(RUNNING, true, "[" + condition("Ready", "True") + "]", Duration.ofHours(1));
        heartbeat(RUNNING, 65);

        var data = status(RUNNING);

        assertThat(data.get("health").asString()).isEqualTo("unknown");
        assertThat(data.get("kubernetes").toString())
                .isEqualTo("{\"ready\":false,\"schedulable\":false,\"conditions\":[]}");
        assertThat(data.has("uptime")).isFalse();
        assertThat(data.has("uptime_seconds")).isFalse();
        assertThat(data.has("last_heartbeat")).isTrue();
    }

    /** Blindness of ours is no sickness of theirs. */
    @Test
    void heartbeats_do_not_grow_old_while_nobody_listens() {
        observe(RUNNING, 50);
        node(RUNNING, true, "[]", Duration.ofHours(1));
        heartbeat(RUNNING, 55);

        assertThat(status(RUNNING).get("health").asString()).isEqualTo("healthy");
    }

    @Test
    void a_node_that_never_gave_a_sign_of_life_is_unknown_unless_it_is_known_not_to_be_ready() {
        observe(RUNNING, 0);
        node(RUNNING, true, "[]", Duration.ofHours(1));
        assertThat(status(RUNNING).get("health").asString()).isEqualTo("unknown");

        jdbc.sql("UPDATE provisioner.kubernetes_node SET ready = false").update();
        var data = status(RUNNING);
        assertThat(data.get("health").asString()).isEqualTo("unhealthy");
        assertThat(data.has("last_heartbeat")).isFalse();
        assertThat(data.has("uptime")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "node-2, provisioning, unknown",
        "node-3, error, unknown",
        "node-4, stopped, unknown",
        "node-5, error, unknown",
        "node-6, deleting, healthy",
        "node-8, error, healthy",
    })
    void a_node_that_can_have_no_running_machine_is_unknown_whatever_its_cluster_says(
            String id, String status, String health) {
        observe(id, 0);
        node(id, true, "[" + condition("Ready", "True") + "]", Duration.ofHours(1));
        heartbeat(id, 3);

        var data = status(id);

        assertThat(data.get("status").asString()).isEqualTo(status);
        assertThat(data.get("health").asString()).isEqualTo(health);
        assertThat(data.has("uptime")).isEqualTo(health.equals("healthy"));
        assertThat(data.at("/kubernetes/conditions").size()).isEqualTo(health.equals("healthy") ? 1 : 0);
    }

    @Test
    void a_node_of_the_same_id_in_another_region_is_another_node() {
        jdbc.sql("INSERT INTO provisioner.observed_cluster VALUES ('eu-west-1', now())")
                .update();
        insert("eu-west-1", RUNNING, true, "[]", Duration.ofHours(1));

        assertThat(status(RUNNING).toString()).contains(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-7", "node-none"})
    void a_node_that_is_gone_or_never_was_is_not_found(String id) {
        var answer = server.get(NODES + "/" + id + "/status");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().at("/error/details").toString())
                .isEqualTo("{\"resource_type\":\"node\",\"resource_id\":\"" + id + "\"}");
    }

    @Test
    void every_reader_of_the_workspace_sees_it_and_nobody_else() {
        var path = NODES + "/node-1/status";

        assertThat(server.get(path, server.token("ws-123", "viewer")).status()).isEqualTo(200);
        assertThat(server.get(path, server.token("ws-other", "admin")).status()).isEqualTo(404);
        assertThat(server.get(path.replace("ws-123", "ws-other"), server.token("ws-other", "admin"))
                        .status())
                .isEqualTo(404);
        assertThat(server.getWithoutToken(path).status()).isEqualTo(401);
    }

    private static JsonNode status(String id) {
        return server.get(NODES + "/" + id + "/status").data();
    }

    private static void observe(String id, int secondsAgo) {
        jdbc.sql("INSERT INTO provisioner.observed_cluster VALUES ('us-west-2', ?::timestamptz)")
                .param(ago(secondsAgo))
                .update();
        assertThat(server.get(NODES + "/" + id).status()).isEqualTo(200);
    }

    private static void node(String id, boolean ready, String conditions, Duration up) {
        insert("us-west-2", id, ready, conditions, up);
    }

    private static void insert(String region, String id, boolean ready, String conditions, Duration up) {
        jdbc.sql("INSERT INTO provisioner.kubernetes_node VALUES (?, ?, ?, true, ?::json, ?::json, ?::timestamptz)")
                .params(List.of(
                        region,
                        id,
                        ready,
                        conditions,
                        "{\"kernel_version\":\"5.15.0-56-generic\",\"os_image\":\"Ubuntu 22.04.1 LTS\","
                                + "\"container_runtime\":\"containerd://1.6.6\",\"kubelet_version\":\"v1.28.3\"}",
                        ago((int) up.toSeconds())))
                .update();
    }

    private static void heartbeat(String id, int secondsAgo) {
        jdbc.sql("INSERT INTO provisioner.kubernetes_heartbeat VALUES ('us-west-2', ?, ?::timestamptz)")
                .params(id, ago(secondsAgo))
                .update();
    }

    private static String condition(String type, String status) {
        return "{\"type\":\"%s\",\"status\":\"%s\",\"last_transition\":\"2024-01-13T03:15:00Z\"}"
                .formatted(type, status);
    }

    private static String ago(int seconds) {
        return Instant.now()
                .truncatedTo(ChronoUnit.MILLIS)
                .minusSeconds(seconds)
                .toString();
    }

    private static History node(int number) {
        return new History("node-" + number, "ws-123", "n" + number, Instant.parse("2024-01-20T10:00:00Z"));
    }
}
