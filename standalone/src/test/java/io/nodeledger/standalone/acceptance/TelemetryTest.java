package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.nodeledger.simulators.machine.LoadCurve;
import io.nodeledger.simulators.machine.LoadTotals;
import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What nodes do, as the API tells it, is what their machines do: simulated ones follow a curve that is known. */
class TelemetryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double ROUNDING = 0.05;
    private static final double ONE_PERCENT = 0.01;
    /** Kubernetes is asked beside the listing, which on a busy machine is answered a moment sooner or later. */
    private static final double ASKED_BESIDE = 0.04;
    /** Samples are a second apart here, so that the tenth of it that an answer may take is a tenth of a rate. */
    private static final double OVER_A_SECOND = 0.15;

    private static final int SAMPLES = 6;
    /** A busy machine answers the first and the last listing a moment after it has been asked. */
    private static final Duration AT_THE_ENDS = Duration.ofMillis(300);
    /** Over so many of them what is a moment early or late at the ends hardly counts. */
    private static final int HALF_A_MINUTE = 30;

    private OwnedNodes nodes;
    private JdbcClient jdbc;

    @BeforeEach
    void clients() throws Exception {
        var server = StandaloneServer.shared();
        nodes = OwnedNodes.ofSharedServer();
        jdbc = server.jdbc();
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void usageAndMetricsAreThoseOfTheMachine() throws Exception {
        // given
        String id = nodes.running();
        LoadCurve curve = LoadCurve.of(nodes.machineOf(id), 2, 4L << 30, 50L << 30);

        // then
        await("rates are of a single second, which a pause makes longer or shorter")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> isTold(id, curve));
    }

    private void isTold(String id, LoadCurve curve) throws IOException {
        var usage = usage(id);
        assertThat(usage.has("storage_percentage") && usage.has("network_in_mbps"))
                .isTrue();
        var metrics = metrics(id);
        assertThat(metrics.path("storage").has("iops")).isTrue();
        Instant at = Instant.parse(usage.path("sampled_at").asString());
        close(usage.path("cpu_percentage"), 100 * curve.at(at).cpuFraction());
        close(usage.path("memory_percentage"), 100 * curve.at(at).memoryBytes() / (double) (4L << 30), ASKED_BESIDE);
        close(usage.path("storage_percentage"), 100 * curve.diskUsedAt(at) / (double) (50L << 30), 0.1);
        List<Instant> times = sampledUntil(id, metrics);
        assertThat(times).hasSizeGreaterThan(SAMPLES);
        close(
                metrics.path("cpu").path("average_percentage"),
                times.stream()
                        .mapToDouble(time -> 100 * curve.at(time).cpuFraction())
                        .average()
                        .orElseThrow());
        close(
                metrics.path("memory").path("peak_percentage"),
                times.stream()
                        .mapToDouble(time -> 100 * curve.at(time).memoryBytes() / (double) (4L << 30))
                        .max()
                        .orElseThrow(),
                ASKED_BESIDE);
        LoadTotals last = curve.totals(times.get(times.size() - 2), times.getLast());
        double seconds =
                Duration.between(times.get(times.size() - 2), times.getLast()).toMillis() / 1e3;
        close(metrics.path("network").path("in_mbps"), last.netInBytes() / seconds / 125_000, OVER_A_SECOND);
        close(metrics.path("network").path("out_mbps"), last.netOutBytes() / seconds / 125_000, OVER_A_SECOND);
        assertThat(metrics.path("storage").path("iops").path("read").asDouble())
                .as("operations were looked at within the last seconds")
                .isCloseTo(
                        curve.at(times.getLast()).readIops(),
                        within(1 + 0.2 * curve.at(times.getLast()).readIops()));
    }

    @Test
    void overHalfAMinuteMemoryAndNetworkAreTheMachinesWithinOnePercentToo() throws Exception {
        // given
        String id = nodes.running();
        LoadCurve curve = LoadCurve.of(nodes.machineOf(id), 2, 4L << 30, 50L << 30);

        // then
        await("a pause at either end would be told of as more or less than there was")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> isToldOfHalfAMinute(id, curve));
    }

    private void isToldOfHalfAMinute(String id, LoadCurve curve) throws IOException {
        var metrics = metrics(id);
        assertThat(metrics.has("sampled_at")).isTrue();
        List<Instant> times = sampledUntil(id, metrics);
        assertThat(times).hasSizeGreaterThan(HALF_A_MINUTE);
        close(
                metrics.path("memory").path("average_percentage"),
                times.stream()
                        .mapToDouble(time -> 100 * curve.at(time).memoryBytes() / (double) (4L << 30))
                        .average()
                        .orElseThrow());
        Instant first = times.get(times.size() - 1 - HALF_A_MINUTE);
        LoadTotals all = curve.totals(first, times.getLast());
        double share = ONE_PERCENT
                + AT_THE_ENDS.toMillis()
                        / (double) Duration.between(first, times.getLast()).toMillis();
        close(transferred(id, "network_in", first, times.getLast()), (double) all.netInBytes(), share);
        close(transferred(id, "network_out", first, times.getLast()), (double) all.netOutBytes(), share);
    }

    /** Bytes by the rates that were kept, each for the time since the sample before it. */
    private double transferred(String id, String rate, Instant since, Instant until) {
        return jdbc.sql("""
                        select sum(rate * seconds)
                          from (select %s as rate,
                                       extract(epoch from sampled_at - lag(sampled_at) over (order by sampled_at)) as seconds
                                  from provisioner.telemetry_sample
                                 where node_id = ? and sampled_at between ? and ?) samples""".formatted(rate))
                .params(id, since.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC))
                .query(Double.class)
                .single();
    }

    @Test
    void aNodeThatIsStoppedShowsNoUsageAndOneThatRunsAgainDoes() throws Exception {
        String id = nodes.running();
        await().atMost(PATIENCE).until(() -> usage(id).isObject());

        nodes.succeeds(id, "stop");
        assertThat(usage(id).isNull()).isTrue();
        assertThat(ofWorkspace(id).has("cpu_percentage")).isFalse();
        nodes.succeeds(id, "start");

        await().atMost(PATIENCE).until(() -> ofWorkspace(id).has("cpu_percentage"));
    }

    private static void close(JsonNode shown, double expected) {
        close(shown, expected, ONE_PERCENT);
    }

    private static void close(JsonNode shown, double expected, double share) {
        close(shown.asDouble(), expected, share);
    }

    private static void close(double shown, double expected, double share) {
        assertThat(shown).isCloseTo(expected, within(expected * share + ROUNDING));
    }

    private JsonNode usage(String id) throws IOException {
        return nodes.api().get(nodes.path(id)).data().path("usage");
    }

    private JsonNode metrics(String id) throws IOException {
        return nodes.api().get(nodes.path(id) + "/metrics?period=5m").data();
    }

    private JsonNode ofWorkspace(String id) throws IOException {
        var all = nodes.api().get(nodes.path() + "/usage").data().path("by_node");
        return IntStream.range(0, all.size())
                .mapToObj(all::path)
                .filter(node -> node.path("node_id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Instant> sampledUntil(String id, JsonNode metrics) {
        Instant last = Instant.parse(metrics.path("sampled_at").asString());
        return sampledAt(id).stream().filter(time -> !time.isAfter(last)).toList();
    }

    private List<Instant> sampledAt(String id) {
        return jdbc.sql("select sampled_at from provisioner.telemetry_sample where node_id = ? order by sampled_at")
                .param(id)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .list();
    }
}
