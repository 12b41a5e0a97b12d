package io.nodeledger.provisioner.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.nodeledger.provisioner.region.CallTimer;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Times calls that an API server answers, until it begins to. The request that is sent is another object than the one that was
 * given; whoever takes the answer's body is the same from the beginning to the answer. The client, which tries nothing again, tells
 * nobody here of a call that got no answer: {@link KubernetesRegion#call} times that one. Watches are web sockets, and not timed.
 */
final class TimedCalls implements Interceptor {
    static final String NAME = "nodeledger-timed-calls";

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final CallTimer timer;

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
