package io.nodeledger.simulators.kubernetes.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** Where a watch writes: a chunked response, or the frames of a web socket. */
interface WatchSink {
    Future<Void> send(String event);

    void end();

    static WatchSink of(HttpServerResponse response) {
        return new WatchSink() {
            @Override
            public Future<Void> send(String event) {
                return response.write(event);
            }

            @Override
            public void end() {
                if (!response.ended() && !response.closed()) {
                    var _ = response.end();
                }
            }
        };
    }

    static WatchSink of(ServerWebSocket socket) {
        return new WatchSink() {
            @Override
            public Future<Void> send(String event) {
                return socket.writeTextMessage(event);
            }

            @Override
            public void end() {
                if (!socket.isClosed()) {
                    var _ = socket.close();
                }
            }
        };
    }
}
