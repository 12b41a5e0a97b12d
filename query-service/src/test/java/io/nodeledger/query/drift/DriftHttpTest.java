package io.nodeledger.query.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.QueryServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Drift as the operators see it. The tables are another service's; here they are made as that makes them. */
class DriftHttpTest {
    private static final String DRIFT = "/api/v1/admin/drift";
    private static QueryServer server;

    @BeforeAll
    static void given_some_drift_in_two_regions() {
        server = new QueryServer();
        assertThat(server.get(DRIFT).raw().body())
                .as("before the other service has ever started")
                .isEqualTo("{\"data\":[],\"regions\":[]}");
        var jdbc = server.bean(JdbcClient.class);
        jdbc.sql("""
                        CREATE SCHEMA provisioner;
                        CREATE TABLE provisioner.drift (
                          id bigint, region text, kind text, node_id text, workspace_id text, vm_id int, host text,
                          kubernetes_name text, detail text, first_seen_at timestamptz, last_seen_at timestamptz,
                          confirmed boolean, action text);
                        CREATE TABLE provisioner.reconciled_region (
                          region text, passed_at timestamptz, breaker_reason text, breaker_since timestamptz,
                          held_back int);
                        INSERT INTO provisioner.drift VALUES
                          (1, 'us-west-2', 'unmarked_machine', NULL, NULL, 100001, 'pve1', NULL, 'no marker',
                           '2026-01-01T10:00:00Z', '2026-01-01T11:00:00Z', true, 'none'),
                          (2, 'us-west-2', 'machine_vanished', 'node-1', 'ws-1', 100002, 'pve1', NULL, 'gone',
                           '2026-01-01T10:00:00Z', '2026-01-01T10:00:30Z', true, 'repaired'),
                          (3, 'us-east-1', 'powered_off', 'node-2', 'ws-1', 100003, 'pve1', NULL, 'off',
                           '2026-01-01T10:00:00Z', '2026-01-01T10:00:30Z', false, 'held_back'),
                          (4, 'us-east-1', 'kubernetes_node_lost', 'node-3', 'ws-1', NULL, NULL, 'node-3-k8s', 'lost',
                           '2026-01-01T10:00:00Z', '2026-01-01T10:00:30Z', false, 'none');
                        INSERT INTO provisioner.reconciled_region VALUES
                          ('us-west-2', '2026-01-01T11:00:00Z', NULL, NULL, 0),
                          ('us-east-1', NULL, 'Proxmox: no answer', '2026-01-01T10:00:30Z', 1)""").update();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_item_says_what_differs_where_and_what_became_of_it() {
        var items = server.get(DRIFT + "?region=us-west-2").data();

        assertThat(items.get(0).toString())
                .isEqualTo("{\"id\":2,\"kind\":\"machine_vanished\",\"region\":\"us-west-2\",\"node_id\":\"node-1\","
                        + "\"workspace_id\":\"ws-1\",\"vm_id\":100002,\"host\":\"pve1\",\"detail\":\"gone\","
                        + "\"first_seen_at\":\"2026-01-01T10:00:00Z\",\"last_seen_at\":\"2026-01-01T10:00:30Z\","
                        + "\"action\":\"repaired\"}");
        assertThat(items.get(1).has("node_id")).isFalse();
    }

    @Test
    void each_region_says_whether_its_breaker_is_open_and_why() {
        var regions = server.get(DRIFT).body().get("regions");

        assertThat(regions.toString())
                .isEqualTo(
                        "[{\"region\":\"us-east-1\",\"breaker\":{\"state\":\"open\",\"reason\":\"Proxmox: no answer\","
                                + "\"since\":\"2026-01-01T10:00:30Z\",\"held_back\":1}},"
                                + "{\"region\":\"us-west-2\",\"last_pass_at\":\"2026-01-01T11:00:00Z\","
                                + "\"breaker\":{\"state\":\"closed\",\"held_back\":0}}]");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '3,2,1'",
        "'?limit=1', '3,2,1'",
        "'?kind=powered_off', '3'",
        "'?action=none', '1'",
        "'?region=us-west-2&action=repaired', '2'",
        "'?region=nowhere', ''",
    })
    void what_is_confirmed_or_held_back_is_listed_newest_first_page_by_page(String query, String expected) {
        assertThat(server.all(DRIFT + query).stream().map(item -> item.get("id").asString()))
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "action=done", "kind=No!", "region=", "cursor=x", "cursor=b3BlcmF0aW9uc34x"})
    void a_bad_parameter_is_refused(String query) {
        assertThat(server.get(DRIFT + "?" + query).status()).isEqualTo(400);
    }

    @Test
    void only_platform_operators_see_it() {
        assertThat(server.get(DRIFT, server.token("ws-123", "admin")).status()).isEqualTo(403);
        assertThat(server.getWithoutToken(DRIFT).status()).isEqualTo(401);
    }
}
