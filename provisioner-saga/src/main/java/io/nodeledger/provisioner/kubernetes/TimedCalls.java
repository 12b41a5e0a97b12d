package io.nodeledger.provisioner.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.nodeledger.provisioner.region.CallTimer;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Times calls to an API server until it begins to answer. The client sends another request object than the one that it was
 * given, and tells of either; what both have in common is whoever takes the answer's body. Watches are web sockets, and not
 * timed.
 */
final class TimedCalls implements Interceptor {
    static final String NAME = "nodeledger-timed-calls";

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final CallTimer timer;
    private final Map<HttpRequest, Long> begun = Collections.synchronizedMap(new WeakHashMap<>());

    TimedCalls(CallTimer timer) {
        this.timer = timer;
    }

    private record Timed(AsyncBody.Consumer<List<ByteBuffer>> taker, long begunAt)
            implements AsyncBody.Consumer<List<ByteBuffer>> {
        @Override
        public void consume(List<ByteBuffer> part, AsyncBody body) throws Exception {
            taker.consume(part, body);
        }
    }

    @Override
    public void before(BasicBuilder sent, HttpRequest request, RequestTags tags) {
        begun.put(request, System.nanoTime());
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> taker, HttpRequest request) {
        return new Timed(taker, System.nanoTime());
    }

    @Override
    public void after(HttpRequest sent, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> taker) {
        if (taker instanceof Timed timed) {
            timer.took(CalledResource.of(sent.method(), sent.uri()), outcome(response.code()), since(timed.begunAt()));
        }
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        Long at = begun.remove(request);
        if (at != null) {
            timer.took(CalledResource.of(request.method(), request.uri()), "unreachable", since(at));
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static String outcome(int status) {
        if (HttpResponse.isSuccessful(status)) {
            return "ok";
        }
        return switch (status) {
            case HttpURLConnection.HTTP_UNAUTHORIZED -> "unauthenticated";
            case HttpURLConnection.HTTP_FORBIDDEN -> "denied";
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> "absent";
            case HttpURLConnection.HTTP_CONFLICT -> "conflict";
            case TOO_MANY -> "too_many";
            default -> status >= SERVER_ERROR ? "failed" : "refused";
        };
    }
}
