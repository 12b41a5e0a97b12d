package io.nodeledger.standalone.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.kafka.Receiver;
import io.nodeledger.testing.CapturedLog;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a caller's trace to the webhook that tells of what came of it. */
class TracesTest {
    private static final String NODES = "/api/v1/workspaces/" + StandaloneServer.WORKSPACE + "/nodes";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CALLER = "00f067aa0ba902b7";

    @Test
    void aProvisioningIsOneTraceFromTheRequestToTheWebhook() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (var collector = new Collector();
                var receiver = new Receiver();
                var log = new CapturedLog("org.apache.hc.client5.http", Level.DEBUG);
                var server = StandaloneServer.own(
                        0.02,
                        Map.of(
                                "management.opentelemetry.tracing.export.otlp.endpoint",
                                collector.endpoint(),
                                "management.opentelemetry.tracing.export.schedule-delay",
                                "200ms"));
                var api = server.as(StandaloneServer.WORKSPACE, "admin")) {
            // given
            createWebhook(api, receiver.url("/traced"));

            // when
            var accepted = api.call("POST", NODES, headers(trace, "01", "req-traced"), node("traced"))
                    .expect("provision", 202)
                    .data();

            // then
            await().atMost(PATIENCE)
                    .until(() -> receiver.at("/traced").stream()
                            .anyMatch(it -> it.json().path("type").asString().equals("node.provisioning_completed")));
            assertThat(receiver.at("/traced"))
                    .allSatisfy(it -> assertThat(it.headers().firstValue("traceparent"))
                            .hasValueSatisfying(
                                    value -> assertThat(value).matches("00-" + trace + "-[0-9a-f]{16}-01")));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(collector.spansOf(trace).stream().map(Collector.Seen::name))
                                    .contains(
                                            "http post /api/v1/workspaces/{wsId}/nodes",
                                            "command ProvisionNode",
                                            "activity clone",
                                            "proxmox POST",
                                            "activity ready",
                                            "kubernetes GET",
                                            "command RecordOutcome",
                                            "webhook attempt"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(strays(collector.spansOf(trace))).isEmpty());
            assertLogged(
                    log,
                    Map.of(
                            "request_id",
                            "req-traced",
                            "trace_id",
                            trace,
                            "node_id",
                            accepted.path("id").asString(),
                            "operation_id",
                            accepted.path("provisioning_task_id").asString()));
            assertLogged(
                    log,
                    Map.of(
                            "request_id",
                            "req-traced",
                            "trace_id",
                            trace,
                            "event_id",
                            receiver.at("/traced").getFirst().id()));
        }
    }

    @Test
    void withoutACollectorNothingLeavesAndTheTraceGoesOn() throws Exception {
        String trace = "5bf92f3577b34da6a3ce929d0e0e4737";
        var server = StandaloneServer.shared();
        try (var receiver = new Receiver();
                var api = server.as(StandaloneServer.WORKSPACE, "admin")) {
            var webhook = createWebhook(api, receiver.url("/untold"));
            String path = NODES + "/webhooks/" + webhook.path("id").asString();

            api.call("POST", path + "/test", headers(trace, "00", "req-untold"), Map.of())
                    .expect("test", 202);

            await().atMost(PATIENCE).until(() -> !receiver.at("/untold").isEmpty());
            assertThat(receiver.at("/untold").getFirst().headers().firstValue("traceparent"))
                    .hasValueSatisfying(value -> assertThat(value).matches("00-" + trace + "-[0-9a-f]{16}-00"));
            assertThat(server.context().getBeansOfType(SpanExporter.class)).isEmpty();
            api.delete(path).expect("delete", 204);
        }
    }

    /** Spans whose parent nobody knows. */
    private static List<Collector.Seen> strays(List<Collector.Seen> spans) {
        var known = Stream.concat(Stream.of(CALLER), spans.stream().map(Collector.Seen::id))
                .collect(Collectors.toSet());
        return spans.stream().filter(span -> !known.contains(span.parent())).toList();
    }

    private static void assertLogged(CapturedLog log, Map<String, String> about) {
        assertThat(about.values()).noneMatch(String::isEmpty);
        assertThat(log.lines().stream().map(JsonMapper.shared()::readTree))
                .anyMatch(line -> about.entrySet().stream()
                        .allMatch(it -> line.path(it.getKey()).asString("").equals(it.getValue())));
    }

    private static JsonNode createWebhook(Api api, String url) throws IOException {
        return api.post(NODES + "/webhooks", Map.of("url", url))
                .expect("create webhook", 201)
                .data();
    }

    private static Map<String, String> headers(String trace, String flags, String requestId) {
        return Map.of("traceparent", "00-" + trace + "-" + CALLER + "-" + flags, "X-Request-Id", requestId);
    }

    private static Map<String, Object> node(String name) {
        return Map.of("name", name, "plan_id", "plan-dedicated-4c8g", "region", "us-west-2");
    }
}
