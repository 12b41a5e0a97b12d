package io.nodeledger.standalone.separate;

import io.nodeledger.base.web.RequestIds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ForwardedHeadersOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.MediaType;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port for all services. A request goes to an instance that is ready, in turn; one that can't be reached is left out, and
 * the request goes to the next. A request that has been sent is not sent again: its caller knows whether that does any harm.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int LONGEST_HEADERS = 16 * 1024;
    private static final int CONNECTIONS = 256;
    private static final long CLOSES_WITHIN_SECONDS = 10;

    private final Vertx vertx;
    private final HttpServer api;
    private final HttpServer management;

    private Gateway(Vertx vertx, HttpServer api, HttpServer management) {
        this.vertx = vertx;
        this.api = api;
        this.management = management;
    }

    /**
     * Begins to listen.
     *
     * @param port of the REST API, on all addresses; 0 takes a free one
     * @throws IOException when the port can't be had
     */
    public static Gateway open(ServiceFleet fleet, int port) throws IOException {
        return open(fleet::places, port);
    }

    /** @param ready the places of a service that take requests */
    static Gateway open(Function<Service, List<Place>> ready, int port) throws IOException {
        var vertx = Vertx.vertx();
        var turns = new AtomicInteger();
        try {
            var client = vertx.createHttpClient(
                    new HttpClientOptions()
                            .setConnectTimeout(CONNECT_MILLIS)
                            .setMaxHeaderSize(LONGEST_HEADERS)
                            .setDecompressionSupported(false),
                    new PoolOptions().setHttp1MaxSize(CONNECTIONS));
            HttpServer api = listen(
                    vertx,
                    new HttpServerOptions().setPort(port).setMaxHeaderSize(LONGEST_HEADERS),
                    proxy(client, context -> {
                        var asked = context.request().proxiedRequest();
                        return inTurn(
                                turns, ready.apply(Routes.of(asked.method().name(), asked.path())), Place::api);
                    }));
            // Projections and the health of what reads; each instance has its own beside it.
            HttpServer management = listen(
                    vertx,
                    new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                    proxy(client, _ -> inTurn(turns, ready.apply(Service.QUERY), Place::management)));
            return new Gateway(vertx, api, management);
        } catch (CompletionException refused) {
            vertx.close();
            throw new IOException("The port " + port + " can't be listened at", refused.getCause());
        }
    }

    /**
     * Where an instance serves.
     *
     * @param unreachable is told when it could not be connected to
     */
    record Place(int api, int management, Runnable unreachable) {}

    /** A place that a request may go to. */
    private record Candidate(int port, Runnable unreachable) {}

    private static List<Candidate> inTurn(AtomicInteger turns, List<Place> places, ToIntFunction<Place> port) {
        var all = new ArrayList<Candidate>();
        places.forEach(place -> all.add(new Candidate(port.applyAsInt(place), place.unreachable())));
        if (all.size() > 1) {
            Collections.rotate(all, turns.incrementAndGet() % all.size());
        }
        return all;
    }

    private static HttpProxy proxy(HttpClient client, Function<ProxyContext, List<Candidate>> candidates) {
        var options = new ProxyOptions()
                .setSupportWebSocket(false)
                .setForwardedHeadersOptions(new ForwardedHeadersOptions().setEnabled(true));
        return HttpProxy.reverseProxy(options, client)
                .origin(context -> connect(client, candidates.apply(context), 0))
                .addInterceptor(new ProxyInterceptor() {
                    @Override
                    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                        return context.sendRequest().recover(failure -> {
                            log.debug("{} was not answered", context.request().getURI(), failure);
                            return Future.succeededFuture(unavailable(context));
                        });
                    }
                });
    }

    private static Future<HttpClientRequest> connect(HttpClient client, List<Candidate> candidates, int next) {
        if (next == candidates.size()) {
            return Future.failedFuture("No instance is ready");
        }
        Candidate to = candidates.get(next);
        return client.request(new RequestOptions().setHost("127.0.0.1").setPort(to.port()))
                .recover(refused -> {
                    to.unreachable().run();
                    return connect(client, candidates, next + 1);
                });
    }

    /** In the services' own words. */
    private static ProxyResponse unavailable(ProxyContext context) {
        String requestId = RequestIds.of(context.request().headers().get(RequestIds.HEADER));
        var error = new JsonObject()
                .put("code", "SYSTEM_SERVICE_UNAVAILABLE")
                .put("message", "The service is temporarily unavailable")
                .put("details", new JsonObject())
                .put("request_id", requestId);
        return context.request()
                .release()
                .response()
                .setStatusCode(503)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Retry-After", "1")
                .putHeader(RequestIds.HEADER, requestId)
                // Beside a body the proxy takes no header for what kind it is of.
                .setBody(Body.body(
                        Buffer.buffer(new JsonObject().put("error", error).encode()), MediaType.APPLICATION_JSON));
    }

    private static HttpServer listen(Vertx vertx, HttpServerOptions options, HttpProxy proxy) {
        return vertx.createHttpServer(options)
                .requestHandler(proxy)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Where the REST API is. */
    public int port() {
        return api.actualPort();
    }

    /** Where projections are. */
    public int managementPort() {
        return management.actualPort();
    }

    @Override
    public void close() throws IOException {
        try {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(CLOSES_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failure) {
            throw new IOException("The gateway did not close", failure);
        }
    }
}
