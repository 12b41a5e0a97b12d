package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Opens watches over HTTP and web sockets and ends them: at their time-out, when the client leaves, at shutdown. */
final class Watches {
    private static final int DEFAULT_TIMEOUT_SECONDS = 2400;
    private static final long BOOKMARK_MILLIS = 60_000;
    private final ObjectStore store;
    private final Vertx vertx;
    private final Set<WatchStream> open = ConcurrentHashMap.newKeySet();

    Watches(ObjectStore store, Vertx vertx) {
        this.store = store;
        this.vertx = vertx;
    }

    /** The watch that a request asks for, still to begin. */
    ApiAnswer prepare(ApiCall call) {
        if (call.path().resource().computed()) {
            throw ApiError.of(405, "MethodNotAllowed", "metrics cannot be watched");
        }
        WatchStream stream = new WatchStream(store, call, vertx.getOrCreateContext());
        int seconds = call.number("timeoutSeconds", DEFAULT_TIMEOUT_SECONDS);
        return new ApiAnswer.Watching(() -> open(stream, call.request().http(), seconds));
    }

    private void open(WatchStream stream, HttpServerRequest request, int seconds) {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.toWebSocket().onSuccess(socket -> {
                socket.closeHandler(v -> close(stream));
                socket.exceptionHandler(lost -> close(stream));
                begin(stream, WatchSink.of(socket), seconds);
            });
            return;
        }
        request.resume();
        HttpServerResponse response = request.response();
        response.setChunked(true).putHeader("Content-Type", "application/json");
        response.writeHead().onFailure(lost -> close(stream));
        response.closeHandler(v -> close(stream));
        response.exceptionHandler(lost -> close(stream));
        begin(stream, WatchSink.of(request.connection(), response), seconds);
    }

    private void begin(WatchStream stream, WatchSink sink, int seconds) {
        open.add(stream);
        long bookmarks = vertx.setPeriodic(BOOKMARK_MILLIS, t -> stream.bookmark());
        long timeout = vertx.setTimer(Math.max(1, seconds * 1000L), t -> close(stream));
        stream.start(sink, () -> {
            vertx.cancelTimer(bookmarks);
            vertx.cancelTimer(timeout);
        });
    }

    private void close(WatchStream stream) {
        open.remove(stream);
        stream.end();
    }

    /** Breaks the connections of those whose requests fit. */
    void cut(Predicate<ApiRequest> fitting) {
        List<WatchStream> broken =
                open.stream().filter(stream -> fitting.test(stream.request())).toList();
        open.removeAll(broken);
        broken.forEach(WatchStream::cut);
    }

    void closeAll() {
        open.forEach(this::close);
    }
}
