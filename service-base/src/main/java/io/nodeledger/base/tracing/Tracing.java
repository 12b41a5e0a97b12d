package io.nodeledger.base.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Begins pieces of work, each a span. What is done later or elsewhere joins the trace by a {@code traceparent} (W3C Trace
 * Context) that was stored with what made it due.
 */
public final class Tracing {
    /** Traces nothing. */
    public static final Tracing NONE = new Tracing(Tracer.NOOP);

    private static final Pattern TRACE_PARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final int SAMPLED = 1;

    private final Tracer tracer;

    public Tracing(Tracer tracer) {
        this.tracer = tracer;
    }

    /**
     * Begins work on this thread.
     *
     * @param traceParent where it belongs if this thread is in no trace; what is malformed counts as absent, and then a
     *     new trace begins
     */
    public Work begin(String name, @Nullable String traceParent) {
        return scoped(started(name, null, traceParent));
    }

    /** The same for a call to another system. */
    public Work beginCall(String name, @Nullable String traceParent) {
        return scoped(started(name, Span.Kind.CLIENT, traceParent));
    }

    /**
     * A call to another system, which any thread may end. It is no span unless this thread is in a trace: what the platform
     * looks at again and again by itself would be a trace each time.
     */
    public Work call(String name) {
        return new Work(tracer.currentSpan() == null ? Span.NOOP : started(name, Span.Kind.CLIENT, null), null);
    }

    /** The trace context of this thread, null when it is in no trace. */
    public @Nullable String current() {
        Span current = tracer.currentSpan();
        return current == null ? null : traceParent(current);
    }

    /** What this thread is doing has failed, as an answer says; nothing happens when it is in no trace. */
    public void failed(String why) {
        Span current = tracer.currentSpan();
        if (current != null) {
            current.error(new Work.BadAnswer(why));
        }
    }

    /** A text from outside, null unless it is a trace context. */
    public static @Nullable String wellFormed(@Nullable Object text) {
        return text instanceof String value && TRACE_PARENT.matcher(value).matches() ? value : null;
    }

    static @Nullable String traceParent(Span span) {
        TraceContext context = span.context();
        if (context.traceId().isEmpty()) {
            return null;
        }
        String flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return "00-" + context.traceId() + "-" + context.spanId() + "-" + flags;
    }

    private Work scoped(Span span) {
        return new Work(span, tracer.withSpan(span));
    }

    private Span started(String name, Span.@Nullable Kind kind, @Nullable String traceParent) {
        Span.Builder builder = tracer.spanBuilder().name(name);
        if (kind != null) {
            builder.kind(kind);
        }
        Span current = tracer.currentSpan();
        if (current != null) {
            builder.setParent(current.context());
        } else if (traceParent != null) {
            Matcher parts = TRACE_PARENT.matcher(traceParent);
            if (parts.matches()) {
                builder.setParent(context(parts));
            }
        }
        return builder.start();
    }

    private TraceContext context(Matcher parts) {
        return tracer.traceContextBuilder()
                .traceId(parts.group(1))
                .spanId(parts.group(2))
                .sampled((Integer.parseInt(parts.group(3), 16) & SAMPLED) != 0)
                .build();
    }
}
