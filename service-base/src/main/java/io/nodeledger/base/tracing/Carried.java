package io.nodeledger.base.tracing;

import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Work that goes on in another thread, in the same trace and about the same things. */
public final class Carried {
    private Carried() {}

    /** The call for a thread of its own, which has nothing else to do. */
    public static <T> Callable<T> by(Callable<T> call) {
        Context trace = Context.current();
        @Nullable Map<String, String> about = MDC.getCopyOfContextMap();
        return () -> {
            if (about != null) {
                MDC.setContextMap(about);
            }
            try (var _ = trace.makeCurrent()) {
                return call.call();
            } finally {
                MDC.clear();
            }
        };
    }
}
