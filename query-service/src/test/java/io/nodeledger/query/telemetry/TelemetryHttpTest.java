package io.nodeledger.query.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
import tools.jackson.databind.node.ObjectNode;

/** What nodes do and did. The tables of telemetry are another service's; here they are made as that makes them. */
class TelemetryHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final long GIB = 1L << 30;

    private static QueryServer server;
    private static JdbcClient jdbc;

    @BeforeAll
    static void given_nodes() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        server.append(Workspaces.registered("ws-empty"));
        server.append(node(1).provision().succeed());
        server.append(node(2).provision());
        server.append(node(3).provision().succeed().foundOff());
        assertThat(detail("node-1").path("usage").isNull())
                .as("before the other service has ever started")
                .isTrue();
        assertThat(metrics("node-1", "").path("cpu").path("series")).isEmpty();
        jdbc = server.bean(JdbcClient.class);
        String averages = """
                (node_id text, began_at timestamptz, samples int, cpu real, cpu_peak real, memory real, memory_peak real,
                 rated int, network_in real, network_out real, detailed int, storage real)""";
        jdbc.sql("CREATE SCHEMA provisioner").update();
        jdbc.sql("""
                        CREATE TABLE provisioner.telemetry_sample (
                          node_id text, sampled_at timestamptz, cpu real, memory real, network_in real, network_out real,
                          storage real);
                        CREATE TABLE provisioner.telemetry_folded (series text, until timestamptz);
                        CREATE TABLE provisioner.telemetry_latest (
                          node_id text PRIMARY KEY, sampled_at timestamptz, cores real, cpu real, memory_used bigint,
                          memory_total bigint, network_in real, network_out real, detailed_at timestamptz,
                          storage_used bigint, storage_total bigint, read_iops real, write_iops real, packets_in real,
                          packets_out real);
                        CREATE TABLE provisioner.kubernetes_node (region text, node_id text, booted_at timestamptz)""").update();
        for (String series : List.of("minute", "quarter", "hour")) {
            jdbc.sql("CREATE TABLE provisioner.telemetry_" + series + averages).update();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void nothing_is_sampled() {
        jdbc.sql("""
                        TRUNCATE provisioner.telemetry_sample, provisioner.telemetry_latest, provisioner.telemetry_minute,
                          provisioner.telemetry_quarter, provisioner.telemetry_hour, provisioner.telemetry_folded,
                          provisioner.kubernetes_node""").update();
        Instant now = Instant.now();
        folded("minute", now.truncatedTo(ChronoUnit.MINUTES));
        folded("quarter", now.truncatedTo(ChronoUnit.HOURS));
        folded("hour", now.truncatedTo(ChronoUnit.HOURS));
    }

    @Test
    void a_node_shows_what_it_was_doing_when_it_was_last_sampled() {
        latest("node-1", 10, 10);
        jdbc.sql("INSERT INTO provisioner.kubernetes_node VALUES ('us-west-2', 'node-1', ?)")
                .param(utc(Instant.now().minus(Duration.ofDays(7)).minusSeconds(60)))
                .update();

        var usage = detail("node-1").path("usage");

        assertThat(without(usage, "sampled_at")).isEqualTo("""
                {"cpu_percentage":45.2,"memory_percentage":67.8,"storage_percentage":23.1,"network_in_mbps":15.3,\
                "network_out_mbps":8.7,"uptime_hours":168}""");
        assertThat(Instant.parse(usage.path("sampled_at").asString()))
                .isBetween(Instant.now().minusSeconds(40), Instant.now().minusSeconds(9));
        var item = server.get(NODES + "?search=name-1").data().path(0).path("usage");
        assertThat(without(item, "sampled_at")).isEqualTo("{\"cpu_percentage\":45.2,\"memory_percentage\":67.8}");
    }

    @Test
    void what_is_old_is_not_shown_as_if_it_were_so_now() {
        latest("node-1", 61, 61);
        assertThat(detail("node-1").path("usage").isNull()).isTrue();
        assertThat(metrics("node-1", "").path("cpu").has("current_percentage")).isFalse();
        assertThat(metrics("node-1", "").has("sampled_at")).isFalse();

        latest("node-1", 5, 601);
        var usage = detail("node-1").path("usage");
        assertThat(usage.has("cpu_percentage")).isTrue();
        assertThat(usage.has("storage_percentage")).isFalse();
        assertThat(metrics("node-1", "").path("storage").has("iops")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-2", "node-3"})
    void a_node_that_does_not_run_uses_nothing_whatever_is_said_of_its_machine(String id) {
        latest(id, 1, 1);

        assertThat(detail(id).path("usage").isNull()).isTrue();
        assertThat(metrics(id, "").path("memory").has("used_gb")).isFalse();
    }

    @Test
    void the_documented_metrics_have_the_documented_fields() {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        sample("node-1", minute.plusMillis(1), 0.421, 0.642);
        sample("node-1", minute.plusMillis(2), 0.785, 0.853);
        latest("node-1", 1, 1);

        var metrics = metrics("node-1", "?period=5m");

        assertThat(metrics.path("period").asString()).isEqualTo("5m");
        assertThat(without(metrics.path("cpu"), "series")).isEqualTo("""
                {"current_percentage":45.2,"average_percentage":60.3,"peak_percentage":78.5,"cores_used":1.8,"cores_total":4}""");
        assertThat(without(metrics.path("memory"), "series")).isEqualTo("""
                {"current_percentage":67.8,"average_percentage":74.8,"peak_percentage":85.3,"used_gb":5.4,"total_gb":8}""");
        assertThat(without(metrics.path("storage"), "series")).isEqualTo("""
                {"current_percentage":23.1,"used_gb":23.1,"total_gb":100,"iops":{"read":150,"write":75}}""");
        assertThat(without(metrics.path("network"), "series")).isEqualTo("""
                {"in_mbps":15.3,"out_mbps":8.7,"packets_in_per_sec":1250,"packets_out_per_sec":890}""");
        assertThat(metrics.path("cpu").path("series").toString())
                .isEqualTo("[{\"timestamp\":\"%s\",\"value\":60.3}]".formatted(minute));
        assertThat(metrics.path("network").path("series").toString())
                .isEqualTo(
                        "[{\"timestamp\":\"%s\",\"value\":24.0,\"in_mbps\":16.0,\"out_mbps\":8.0}]".formatted(minute));
    }

    /** Hours, a quarter, a minute and samples, each of them of another weight. */
    @Test
    void a_long_period_is_read_from_the_coarsest_series_and_its_end_from_finer_ones() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Instant quarter = hour.minus(Duration.ofHours(1));
        folded("hour", quarter);
        folded("quarter", hour);
        average("hour", quarter.minus(Duration.ofHours(2)), 240, 0.1, 0.9);
        average("hour", hour, 240, 0.99, 0.99);
        average("quarter", quarter, 60, 0.2, 0.3);
        average("quarter", quarter.plus(Duration.ofMinutes(15)), 60, 0.4, 0.5);
        average("minute", quarter, 4, 0.99, 0.99);
        sample("node-1", Instant.now(), 0.5, 0.5);

        var cpu = metrics("node-1", "?period=7d&metric=cpu").path("cpu");

        assertThat(cpu.path("series")
                        .valueStream()
                        .map(point -> point.path("value").asDouble()))
                .containsExactly(10.0, 30.0, 50.0);
        assertThat(cpu.path("average_percentage").asDouble())
                .as("(240 x 10 + 60 x 20 + 60 x 40 + 50) / 361")
                .isEqualTo(16.8);
        assertThat(cpu.path("peak_percentage").asDouble()).isEqualTo(90.0);
    }

    @ParameterizedTest
    @CsvSource({"5m, 15", "1h, 15", "6h, 120", "24h, 300", "7d, 3600"})
    void every_period_has_at_most_three_hundred_steps(String period, long step) {
        var metrics = metrics("node-1", "?period=" + period);

        assertThat(metrics.path("step_seconds").asLong()).isEqualTo(step);
        assertThat(metrics.path("cpu").has("average_percentage")).isFalse();
    }

    @Test
    void one_metric_comes_alone() {
        assertThat(metrics("node-1", "?metric=network").propertyNames())
                .containsExactlyInAnyOrder("period", "step_seconds", "network");
    }

    @ParameterizedTest
    @CsvSource({"period=2h, period", "period=, period", "metric=disk, metric", "metric=cpu&metric=memory, metric"})
    void unknown_words_are_refused_by_their_name(String query, String field) {
        var answer = server.get(NODES + "/node-1/metrics?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()
                        .path("error")
                        .path("details")
                        .path("fields")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo(field);
    }

    @Test
    void a_node_of_nobody_has_no_metrics() {
        assertThat(server.get(NODES + "/node-99/metrics").status()).isEqualTo(404);
        assertThat(server.get("/api/v1/workspaces/ws-empty/nodes/node-1/metrics")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void the_usage_of_a_workspace_is_that_of_its_running_nodes() {
        latest("node-1", 1, 1);
        latest("node-3", 1, 1);

        var usage = server.get(NODES + "/usage").data();

        assertThat(usage.path("summary").toString()).isEqualTo("""
                {"total_nodes":3,"running_nodes":1,"sampled_nodes":1,"total_cpu_cores":12,"total_memory_gb":24,\
                "total_storage_gb":300}""");
        assertThat(usage.path("usage").toString()).isEqualTo("""
                {"cpu":{"used_cores":1.8,"percentage":45.2},"memory":{"used_gb":5.4,"percentage":67.8},\
                "storage":{"used_gb":23.1,"percentage":23.1}}""");
        assertThat(without(usage.path("by_node").path(0), "sampled_at")).isEqualTo("""
                {"node_id":"node-1","name":"name-1","status":"running","cpu_percentage":45.2,"memory_percentage":67.8,\
                "storage_percentage":23.1}""");
        assertThat(usage.path("by_node").path(1).toString())
                .isEqualTo("{\"node_id\":\"node-2\",\"name\":\"name-2\",\"status\":\"provisioning\"}");
    }

    @Test
    void a_workspace_of_which_nothing_is_known_shows_no_zeros() {
        assertThat(server.get(NODES + "/usage").data().path("usage").toString()).isEqualTo("{}");
        assertThat(server.get("/api/v1/workspaces/ws-empty/nodes/usage").data().path("by_node"))
                .isEmpty();
        assertThat(server.get("/api/v1/workspaces/ws-none/nodes/usage").status())
                .isEqualTo(404);
    }

    private static History node(int number) {
        return new History("node-" + number, "ws-123", "name-" + number, Instant.parse("2024-01-20T10:00:00Z"));
    }

    private static JsonNode detail(String id) {
        return server.get(NODES + "/" + id).data();
    }

    private static JsonNode metrics(String id, String query) {
        return server.get(NODES + "/" + id + "/metrics" + query).data();
    }

    private static String without(JsonNode object, String field) {
        var copy = object.deepCopy();
        ((ObjectNode) copy).remove(field);
        return copy.toString();
    }

    /** The contract's figures. */
    private static void latest(String id, long secondsOld, long detailsSecondsOld) {
        jdbc.sql("""
                        INSERT INTO provisioner.telemetry_latest
                        VALUES (?, ?, 4, 0.452, ?, ?, ?, ?, ?, ?, ?, 150, 75, 1250, 890)
                        ON CONFLICT (node_id) DO UPDATE
                        SET sampled_at = excluded.sampled_at, detailed_at = excluded.detailed_at""")
                .params(
                        id,
                        utc(Instant.now().minusSeconds(secondsOld)),
                        (long) (8 * GIB * 0.678),
                        8 * GIB,
                        15.3 * 125_000,
                        8.7 * 125_000,
                        utc(Instant.now().minusSeconds(detailsSecondsOld)),
                        (long) (100 * GIB * 0.231),
                        100 * GIB)
                .update();
    }

    private static void sample(String id, Instant at, double cpu, double memory) {
        jdbc.sql("INSERT INTO provisioner.telemetry_sample VALUES (?, ?, ?, ?, 2000000, 1000000, 0.231)")
                .params(id, utc(at), cpu, memory)
                .update();
    }

    private static void average(String series, Instant beganAt, int samples, double cpu, double peak) {
        jdbc.sql("INSERT INTO provisioner.telemetry_" + series
                        + " VALUES ('node-1', ?, ?, ?, ?, 0.5, 0.5, ?, 1000, 500, 0, NULL)")
                .params(utc(beganAt), samples, cpu, peak, samples)
                .update();
    }

    private static void folded(String series, Instant until) {
        jdbc.sql("DELETE FROM provisioner.telemetry_folded WHERE series = ?")
                .param(series)
                .update();
        jdbc.sql("INSERT INTO provisioner.telemetry_folded VALUES (?, ?)")
                .params(series, utc(until))
                .update();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
