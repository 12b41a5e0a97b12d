package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.admission.Admission;
import io.nodeledger.simulators.kubernetes.eviction.Evictions;
import io.nodeledger.simulators.kubernetes.metrics.Metrics;
import io.nodeledger.simulators.kubernetes.scheduling.Bindings;
import io.nodeledger.simulators.kubernetes.store.Deletion;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import io.nodeledger.simulators.kubernetes.tls.ClusterCertificates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;

/** The HTTPS server of the simulated cluster, on the loopback address. */
public final class ApiServer {
    private final HttpServer server;
    private final Watches watches;

    private ApiServer(HttpServer server, Watches watches) {
        this.server = server;
        this.watches = watches;
    }

    /**
     * Starts serving.
     *
     * @param interceptor stands in front of every request, health checks included
     */
    public static Future<ApiServer> start(
            Vertx vertx,
            int port,
            ClusterCertificates certificates,
            String token,
            ObjectStore store,
            Evictions evictions,
            Metrics metrics,
            RequestInterceptor interceptor) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(certificates.serverPem()))
                        .addKeyValue(Buffer.buffer(certificates.serverKeyPem())))
                .setUseAlpn(false)
                .setCompressionSupported(false)
                .setMaxWebSocketMessageSize(1 << 22);
        Watches watches = new Watches(store, vertx);
        ApiHandler handler = new ApiHandler(
                token,
                new Reads(store, metrics),
                new Writes(store, new Admission(store), new Deletion(store)),
                new Subresources(store, evictions, new Bindings(store)),
                watches);
        return vertx.createHttpServer(options)
                .requestHandler(request -> interceptor.intercept(request, () -> handler.handle(request)))
                .listen(port, "127.0.0.1")
                .map(server -> new ApiServer(server, watches));
    }

    public int port() {
        return server.actualPort();
    }

    public Future<Void> close() {
        watches.closeAll();
        return server.close();
    }
}
