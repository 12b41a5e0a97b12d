package io.nodeledger.provisioner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.provisioner.region.CallTimer;
import io.nodeledger.provisioner.region.CallWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to an API server, as traces show them. */
class KubernetesSpansTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static SimulatedCluster cluster;

    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final List<Optional<String>> sent = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider spans =
            SdkTracerProvider.builder().addSpanProcessor(new Ended()).build();
    private final Tracing tracing =
            new Tracing(new OtelTracer(spans.get("test"), new OtelCurrentTraceContext(), _ -> {}));

    @BeforeAll
    static void start() {
        cluster = new SimulatedCluster(directory.resolve("cluster"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void endTracing() {
        spans.close();
    }

    @Test
    void theServerIsSentTheSpanOfItsCall() throws IOException {
        try (var _ = api();
                var region = region()) {
            try (var _ = tracing.begin("step", null)) {
                assertThat(region.node("absent")).isEmpty();
            }

            var call = awaitEnd("kubernetes GET");
            assertThat(sent).containsExactly(Optional.of("00-" + call.getTraceId() + "-" + call.getSpanId() + "-01"));
            assertThat(call.getParentSpanId()).isEqualTo(awaitEnd("step").getSpanId());
            assertThat(call.getAttributes().get(AttributeKey.stringKey("url.path")))
                    .isEqualTo("/api/v1/nodes/absent");
            assertThat(call.getAttributes().get(AttributeKey.stringKey("http.response.status_code")))
                    .isEqualTo("404");
        }
    }

    @Test
    void aServerThatIsAwayEndsTheSpanAsAFailure() throws IOException {
        api().close();
        try (var region = region();
                var _ = tracing.begin("step", null)) {
            assertThatThrownBy(() -> region.call(() -> region.node("any")))
                    .isInstanceOf(KubernetesClientException.class);
        }

        assertThat(awaitEnd("kubernetes GET").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void whatIsInNoTraceBeginsNone() throws IOException {
        try (var _ = api();
                var region = region()) {
            assertThat(region.node("absent")).isEmpty();
        }

        assertThat(sent).containsExactly(Optional.empty());
        assertThat(ended).isEmpty();
    }

    private SpanData awaitEnd(String name) {
        await().atMost(PATIENCE)
                .until(() -> ended.stream().anyMatch(span -> span.getName().equals(name)));
        return ended.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ScriptedApi api() throws IOException {
        return new ScriptedApi(cluster.kubeconfig(), kubeconfig(), KubernetesRegion.LONGEST_CALL, call -> {
            @Nullable String header = call.getRequestHeaders().getFirst("traceparent");
            sent.add(Optional.ofNullable(header));
            ScriptedApi.refuse(call, 404);
        });
    }

    private KubernetesRegion region() {
        return new KubernetesRegion("us-west-2", kubeconfig(), new CallWatch(CallTimer.NONE, tracing));
    }

    private static Path kubeconfig() {
        return Objects.requireNonNull(directory).resolve("spans.kubeconfig");
    }

    private final class Ended implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
