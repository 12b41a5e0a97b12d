package io.nodeledger.standalone.kafka;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer's server: keeps what it is sent and answers as it is told, by path. */
public final class Receiver implements AutoCloseable {
    private static final Reply ACCEPTS = new Reply(204, Map.of());

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Request> accepted = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Map<String, Function<Request, Reply>> replies = new ConcurrentHashMap<>();
    private final HttpServer server;

    /** Begins to listen. */
    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                var request = new Request(
                        path,
                        HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                requests.add(request);
                Reply reply = replies.getOrDefault(path, _ -> ACCEPTS).apply(request);
                if (reply.status() < 300) {
                    accepted.add(request);
                }
                reply.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(reply.status(), -1);
            }
        });
        server.start();
    }

    /** What is answered. */
    public record Reply(int status, Map<String, String> headers) {}

    /** What came, in its order. */
    public record Request(String path, HttpHeaders headers, String body) {
        /** The body as JSON. */
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        /** The event's id. */
        public String id() {
            return headers.firstValue("webhook-id").orElseThrow();
        }

        /** Fails unless the official library takes the signature for one of the secret. */
        public void verify(String secret) throws Exception {
            new Webhook(secret).verify(body, headers);
        }
    }

    /** Where a path is. */
    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** Everything under a path. */
    public List<Request> at(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** The ids of events under a path, each once, where it came first. */
    public List<String> idsAt(String path) {
        return at(path).stream().map(Request::id).distinct().toList();
    }

    /** The ids of events that were accepted under a path, each once, where it came first. */
    public List<String> acceptedAt(String path) {
        synchronized (accepted) {
            return accepted.stream()
                    .filter(request -> request.path().equals(path))
                    .map(Request::id)
                    .distinct()
                    .toList();
        }
    }

    /** Answers with the status from now on. */
    public void answer(String path, int status) {
        answer(path, _ -> new Reply(status, Map.of()));
    }

    /** Answers so from now on, when the function returns. */
    public void answer(String path, Function<Request, Reply> reply) {
        replies.put(path, reply);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
