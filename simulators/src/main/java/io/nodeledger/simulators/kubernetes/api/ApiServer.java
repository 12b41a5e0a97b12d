package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.admission.Admission;
import io.nodeledger.simulators.kubernetes.eviction.Evictions;
import io.nodeledger.simulators.kubernetes.metrics.Metrics;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.scheduling.Bindings;
import io.nodeledger.simulators.kubernetes.store.Deletion;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import io.nodeledger.simulators.kubernetes.tls.ClusterCertificates;
import io.nodeledger.simulators.request.Filter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTPS server of the simulated cluster, on the loopback address. */
public final class ApiServer {
    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);

    private final Vertx vertx;
    private final HttpServer server;
    private final ApiHandler handler;
    private final Watches watches;
    private final Filter<ApiRequest, ApiAnswer> filter;

    private ApiServer(
            Vertx vertx,
            ClusterCertificates certificates,
            ApiHandler handler,
            Watches watches,
            Filter<ApiRequest, ApiAnswer> filter) {
        this.vertx = vertx;
        this.handler = handler;
        this.watches = watches;
        this.filter = filter;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(certificates.serverPem()))
                                .addKeyValue(Buffer.buffer(certificates.serverKeyPem())))
                        .setUseAlpn(false)
                        .setCompressionSupported(false)
                        .setMaxWebSocketMessageSize(1 << 22))
                .requestHandler(this::receive);
    }

    /**
     * Starts serving.
     *
     * @param filter stands around every request, health checks included
     */
    public static Future<ApiServer> start(
            Vertx vertx,
            int port,
            ClusterCertificates certificates,
            String token,
            ObjectStore store,
            Admission admission,
            Evictions evictions,
            Metrics metrics,
            Filter<ApiRequest, ApiAnswer> filter) {
        Watches watches = new Watches(store, vertx);
        ApiHandler handler = new ApiHandler(
                token,
                new Reads(store, metrics),
                new Writes(store, admission, new Deletion(store)),
                new Subresources(store, evictions, new Bindings(store)),
                watches);
        ApiServer api = new ApiServer(vertx, certificates, handler, watches, filter);
        return api.server.listen(port, "127.0.0.1").map(listening -> api);
    }

    public int port() {
        return server.actualPort();
    }

    /** Breaks the connections of the open watches that a method and path fit. */
    public void cutWatches(BiPredicate<String, String> fitting) {
        watches.cut(request -> fitting.test(request.method(), request.path()));
    }

    public Future<Void> close() {
        watches.closeAll();
        return server.close();
    }

    private void receive(HttpServerRequest http) {
        if (ApiRequest.isWatch(http)) {
            http.pause();
            pass(new ApiRequest(http, Buffer.buffer(), false));
        } else {
            http.body().onSuccess(body -> pass(new ApiRequest(http, body, false)));
        }
    }

    private void pass(ApiRequest request) {
        Context context = vertx.getOrCreateContext();
        var _ = filter.around(request, passed -> on(context, () -> handler.answer(passed)))
                .whenComplete((answer, problem) -> context.runOnContext(
                        _ -> Answers.send(request.http(), problem == null ? answer : bug(problem))));
    }

    /** A filter may have gone on from a thread of its own. */
    private static CompletionStage<ApiAnswer> on(Context context, Supplier<ApiAnswer> work) {
        if (context.equals(Vertx.currentContext())) {
            return CompletableFuture.completedFuture(work.get());
        }
        CompletableFuture<ApiAnswer> answer = new CompletableFuture<>();
        context.runOnContext(_ -> answer.complete(work.get()));
        return answer;
    }

    private static ApiAnswer bug(Throwable problem) {
        log.error("A filter of the simulated API server failed", problem);
        return ApiAnswer.refused(ApiError.of(500, "InternalError", "Internal error occurred: " + problem));
    }
}
