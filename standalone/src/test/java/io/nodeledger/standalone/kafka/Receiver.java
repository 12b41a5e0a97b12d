package io.nodeledger.standalone.kafka;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer's server: keeps what it is sent and answers as it is told, by path. */
public final class Receiver implements AutoCloseable {
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final HttpServer server;

    /** Begins to listen. */
    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                requests.add(new Request(
                        path,
                        HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(statuses.getOrDefault(path, 204), -1);
            }
        });
        server.start();
    }

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

    /** Answers with the status from now on. */
    public void answer(String path, int status) {
        statuses.put(path, status);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
