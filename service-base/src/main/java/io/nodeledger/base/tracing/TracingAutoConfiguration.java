package io.nodeledger.base.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Traces as every service has them; whether they leave is the operator's choice. */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
public class TracingAutoConfiguration {
    @Bean
    Tracing tracing(ObjectProvider<Tracer> tracer) {
        return new Tracing(tracer.getIfAvailable(() -> Tracer.NOOP));
    }

    /** Log lines have all their keys in one spelling. */
    @Bean
    Slf4JEventListener traceInLogLines() {
        return new Slf4JEventListener("trace_id", "span_id");
    }
}
