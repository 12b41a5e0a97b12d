package io.nodeledger.provisioner.kubernetes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.base.tracing.Work;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the API server as spans, which it may join by the {@code traceparent} that it is sent. By the header an answer,
 * which comes in another thread, finds its call. Of a call without an answer the client tells interceptors only if it is to
 * try again, which ours never is.
 */
final class KubernetesSpans implements Interceptor {
    static final String NAME = "spans";

    private static final String TRACE_PARENT = "traceparent";

    /** Much longer than any call takes; of one whose failure is nobody's, nothing is told. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final Cache<String, Call> underWay = Caffeine.newBuilder()
            .expireAfterWrite(FORGOTTEN_AFTER)
            .evictionListener((@Nullable String _, @Nullable Call forgotten, RemovalCause _) -> end(forgotten, _ -> {}))
            .build();

    private final Tracing tracing;

    KubernetesSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** @param within the work that makes it */
    private record Call(String within, Work work) {}

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String within = tracing.current();
        if (within == null) {
            return;
        }
        Work call = tracing.call("kubernetes " + request.method())
                .with("server.address", request.uri().getAuthority())
                .with("url.path", request.uri().getPath());
        String traceParent = call.traceParent();
        if (traceParent != null) {
            builder.setHeader(TRACE_PARENT, traceParent);
            underWay.put(traceParent, new Call(within, call));
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        String traceParent = request.header(TRACE_PARENT);
        if (traceParent != null) {
            String status = Integer.toString(response.code());
            end(underWay.asMap().remove(traceParent), call -> {
                call.with("http.response.status_code", status);
                if (response.code() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
                    call.failed("Answered with " + status);
                }
            });
        }
    }

    /** What this thread's work has asked and got no answer to is over. */
    void failed(KubernetesClientException failure) {
        String within = tracing.current();
        underWay.asMap().forEach((traceParent, call) -> {
            if (call.within().equals(within)) {
                end(underWay.asMap().remove(traceParent), unanswered -> unanswered.failed(failure));
            }
        });
    }

    private static void end(@Nullable Call call, Consumer<Work> last) {
        if (call != null) {
            last.accept(call.work());
            call.work().close();
        }
    }
}
