package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.operation.Step;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How outcomes look in the trace of the step that they are of. */
class OutcomesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final StepTask TASK =
            new StepTask("node-1", "task-1", Step.CLONE, 0, 1, NOW.minusSeconds(3), Map.of(), null);

    private final Ended ended = new Ended();
    private final SdkTracerProvider spans = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(ended))
            .build();
    private final Tracing tracing =
            new Tracing(new OtelTracer(spans.get("test"), new OtelCurrentTraceContext(), _ -> {}));

    @AfterEach
    void endTracing() {
        spans.close();
    }

    @Test
    void aStepThatFailsLooksFailedAndSaysWhy() {
        var span = spanOf(new Outcome.Failed("NO_SPACE", "The storage is full."), OutcomeAnswer.RECORDED);

        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getEvents().toString()).contains("NO_SPACE: The storage is full.");
    }

    @Test
    void aStepThatIsStuckLooksFailed() {
        var span = spanOf(new Outcome.Stuck("UNEXPECTED_ERROR", "Nobody knows."), OutcomeAnswer.RECORDED);

        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void aStepThatIsDoneOrWaitsDoesNot() {
        assertThat(spanOf(new Outcome.Done(null), OutcomeAnswer.RECORDED)
                        .getStatus()
                        .getStatusCode())
                .isNotEqualTo(StatusCode.ERROR);
        assertThat(spanOf(new Outcome.Delayed("The storage is locked."), OutcomeAnswer.RECORDED)
                        .getStatus()
                        .getStatusCode())
                .isNotEqualTo(StatusCode.ERROR);
    }

    @Test
    void whatWasRecordedBeforeIsNotToldAgain() {
        var span = spanOf(new Outcome.Failed("NO_SPACE", "The storage is full."), OutcomeAnswer.ALREADY_RECORDED);

        assertThat(span.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
    }

    private SpanData spanOf(Outcome outcome, OutcomeAnswer answer) {
        var bus = SimpleCommandBus.builder().build();
        var commands = DefaultCommandGateway.builder().commandBus(bus).build();
        var outcomes =
                new Outcomes(commands, new StepMeters(new SimpleMeterRegistry()), tracing, InstantSource.fixed(NOW));
        ended.spans.clear();
        try (var _ = bus.subscribe(RecordOutcome.class.getName(), _ -> answer);
                var _ = tracing.begin("activity clone", null)) {
            assertThat(outcomes.record(TASK, "ws-1", outcome)).isEqualTo(answer);
        }
        return ended.spans.getLast();
    }

    /** Keeps what is exported. */
    private static final class Ended implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> more) {
            spans.addAll(more);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
