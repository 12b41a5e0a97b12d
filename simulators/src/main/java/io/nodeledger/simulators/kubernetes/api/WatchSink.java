package io.nodeledger.simulators.kubernetes.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** Where a watch writes: a chunked response, or the frames of a web socket. */
interface WatchSink {
    Future<Void> send(String event);

    void end();

    /** Breaks the connection, as a network does that fails. */
    void cut();

    static WatchSink of(HttpConnection connection, HttpServerResponse response) {
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

            @Override
            public void cut() {
                var _ = connection.close();
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

            @Override
            public void cut() {
                end();
            }
        };
    }
}
