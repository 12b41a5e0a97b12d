package io.nodeledger.provisioner.proxmox.client;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.region.CallWatch;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Requests and answers of the Proxmox VE API. Its error text is in the reason phrase, which the JDK's client drops and
 * HttpClient 5 keeps. Bodies are sent whole: the server answers 501 to chunked ones. Nothing is repeated here, and every
 * call ends within its {@link CallLimits}.
 */
final class ProxmoxHttp implements AutoCloseable {
    private final JsonMapper json = JsonMapper.shared();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("proxmox-call-limits").factory());
    private final CloseableHttpClient http;
    private final RestClient calls;
    private final RestClient uploads;
    private final String base;
    private final CallWatch watch;
    private final Supplier<String> tokens;
    private volatile String token;

    /** @param tokens answers the token of now, for when the server does not accept the former one any more */
    ProxmoxHttp(RegionsSettings.Proxmox settings, Supplier<String> tokens, CallLimits limits, CallWatch watch) {
        this.watch = watch;
        this.tokens = tokens;
        this.token = settings.token();
        this.base = settings.url().replaceAll("/+$", "") + "/api2/json";
        this.http = Connections.open(settings, limits);
        this.calls = client(new BoundedRequests(http, limits.answer(), limits.call(), clock));
        this.uploads = client(new BoundedRequests(http, limits.upload(), limits.upload(), clock));
    }

    private static RestClient client(BoundedRequests requests) {
        return RestClient.builder().requestFactory(requests).build();
    }

    /** A call that changes nothing. */
    JsonNode get(String path, Map<String, String> query) {
        return exchange(calls, HttpMethod.GET, path, query, null, null);
    }

    /** A change with a form as its body. */
    JsonNode send(HttpMethod method, String path, Map<String, String> form) {
        byte[] body = form(form).getBytes(StandardCharsets.US_ASCII);
        return exchange(calls, method, path, Map.of(), body, MediaType.APPLICATION_FORM_URLENCODED);
    }

    /** A removal; the server takes no body with it. */
    JsonNode delete(String path, Map<String, String> query) {
        return exchange(calls, HttpMethod.DELETE, path, query, null, null);
    }

    /** An upload. */
    JsonNode upload(String path, Multipart body) {
        return exchange(
                uploads, HttpMethod.POST, path, Map.of(), body.bytes(), MediaType.parseMediaType(body.contentType()));
    }

    private JsonNode exchange(
            RestClient client,
            HttpMethod method,
            String path,
            Map<String, String> query,
            byte @Nullable [] body,
            @Nullable MediaType type) {
        URI uri = URI.create(base + path + (query.isEmpty() ? "" : "?" + form(query)));
        long began = System.nanoTime();
        String outcome = "failed";
        try (var call = watch.tracing()
                .call("proxmox " + method)
                .with("server.address", uri.getAuthority())
                .with("url.path", uri.getPath())) {
            try {
                JsonNode answer = exchange(client, method, uri, path, body, type);
                outcome = "ok";
                return answer;
            } catch (ProxmoxFailure failure) {
                outcome = failure.kind().word();
                call.failed(failure);
                throw failure;
            }
        } finally {
            watch.timer().took(CallKind.of(method, path), outcome, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private JsonNode exchange(
            RestClient client,
            HttpMethod method,
            URI uri,
            String path,
            byte @Nullable [] body,
            @Nullable MediaType type) {
        try {
            RestClient.RequestBodySpec request =
                    client.method(method).uri(uri).header("Authorization", "PVEAPIToken=" + token);
            if (body != null && type != null) {
                request.contentType(type).body(body);
            }
            JsonNode answer = request.exchange((sent, response) -> answer(method, path, response));
            return answer == null ? MissingNode.getInstance() : answer;
        } catch (ResourceAccessException e) {
            throw unanswered(method, path, e);
        }
    }

    private JsonNode answer(HttpMethod method, String path, ClientHttpResponse response) throws IOException {
        byte[] body = response.getBody().readAllBytes();
        int status = response.getStatusCode().value();
        if (status == 200) {
            try {
                return json.readTree(body).path("data");
            } catch (JacksonException e) {
                throw new ProxmoxFailure(outcomeUnknown(method), method + " " + path + " answered no JSON", e);
            }
        }
        String text = (response.getStatusText() + " " + details(body)).strip();
        Kind kind = FailureSigns.ofResponse(status, text);
        if (kind == Kind.UNAUTHENTICATED) {
            // The failure goes on to the caller; later calls do better if there is another token by now.
            token = tokens.get();
        }
        throw new ProxmoxFailure(
                kind == Kind.UNKNOWN_OUTCOME ? outcomeUnknown(method) : kind,
                method + " " + path + " answered " + status + " " + text);
    }

    /** Newer servers repeat the reason in the body; the fields of a bad request are only there. */
    private String details(byte[] body) {
        try {
            JsonNode answer = json.readTree(body);
            JsonNode errors = answer.path("errors");
            return errors.isObject() && !errors.isEmpty()
                    ? errors.toString()
                    : answer.path("message").asString("").strip();
        } catch (JacksonException e) {
            return "";
        }
    }

    private static ProxmoxFailure unanswered(HttpMethod method, String path, ResourceAccessException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        Kind kind = switch (cause) {
            case ConnectException refused -> Kind.UNREACHABLE;
            case NoRouteToHostException unreachable -> Kind.UNREACHABLE;
            case UnknownHostException unknown -> Kind.UNREACHABLE;
            case ConnectTimeoutException slow -> Kind.UNREACHABLE;
            case ConnectionRequestTimeoutException busy -> Kind.RETRY_SLOWLY;
            case SSLException untrusted -> Kind.RETRY_SLOWLY;
            default -> outcomeUnknown(method);
        };
        return new ProxmoxFailure(kind, method + " " + path + " got no answer: " + cause.getMessage(), e);
    }

    private static Kind outcomeUnknown(HttpMethod method) {
        return method.equals(HttpMethod.GET) ? Kind.UNREACHABLE : Kind.UNKNOWN_OUTCOME;
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Percent-encoded for a path segment or a form; a space is {@code %20} in both. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        http.close();
    }
}
