package io.nodeledger.base.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Something being done: a span, and what log lines of its thread say that they are about. Closed where it began. */
public final class Work implements AutoCloseable {
    /** Keys of log lines and spans. */
    public static final String REQUEST_ID = "request_id";

    public static final String OPERATION_ID = "operation_id";
    public static final String NODE_ID = "node_id";

    private final Span span;
    private final Tracer.@Nullable SpanInScope scope;
    private final Map<String, @Nullable String> before = new LinkedHashMap<>();

    /** @param scope null when the work is not its thread's */
    Work(Span span, Tracer.@Nullable SpanInScope scope) {
        this.span = span;
        this.scope = scope;
    }

    /** Names what it is about, in the span and in the log; what is not known is left out. */
    public Work about(String key, @Nullable String value) {
        if (value != null) {
            if (!before.containsKey(key)) {
                before.put(key, MDC.get(key));
            }
            MDC.put(key, value);
            span.tag(key, value);
        }
        return this;
    }

    /** Says something in the span alone. */
    public Work with(String key, String value) {
        span.tag(key, value);
        return this;
    }

    /** It has failed. */
    public void failed(Throwable why) {
        span.error(why);
    }

    /** It has failed, as an answer says. */
    public void failed(String why) {
        span.error(new BadAnswer(why));
    }

    /** Only says so: where it was made does not matter. */
    static final class BadAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadAnswer(String why) {
            super(why, null, false, false);
        }
    }

    /** The trace context for what follows from it, null when nothing is traced. */
    public @Nullable String traceParent() {
        return Tracing.traceParent(span);
    }

    @Override
    public void close() {
        before.forEach((key, value) -> {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        });
        if (scope != null) {
            scope.close();
        }
        span.end();
    }
}
