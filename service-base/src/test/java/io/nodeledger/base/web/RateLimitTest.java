package io.nodeledger.base.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.ratelimit.RateLimitAutoConfiguration;
import io.nodeledger.base.security.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Limits as callers meet them, with windows so long that nothing comes back while a test runs. */
class RateLimitTest {
    private static final TestTokens TOKENS = new TestTokens();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> HEADERS =
            List.of("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "ratelimit-policy", "ratelimit");
    private static final String NODES = "/api/v1/workspaces/ws-1/nodes";

    private ConfigurableApplicationContext service;
    private int port;

    @BeforeEach
    void start() {
        service = new SpringApplicationBuilder(ProbeService.class, RateLimitAutoConfiguration.class)
                .web(WebApplicationType.SERVLET)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--nodeledger.jwt.issuer=" + TestTokens.ISSUER,
                        "--nodeledger.jwt.audience=" + TestTokens.AUDIENCE,
                        "--nodeledger.jwt.jwks-url=" + TOKENS.writeJwks().toUri(),
                        "--nodeledger.rate-limit.window=10h",
                        "--nodeledger.rate-limit.reads-per-caller=3",
                        "--nodeledger.rate-limit.writes-per-caller=2",
                        "--nodeledger.rate-limit.reads-per-workspace=4",
                        "--nodeledger.rate-limit.writes-per-workspace=10",
                        "--nodeledger.rate-limit.per-address=3");
        port = Integer.parseInt(Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port")));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void every_answer_says_what_is_left() throws Exception {
        String token = token("a", "ws-1");
        long now = Instant.now().getEpochSecond();

        var answer = get("/api/v1/shown", token);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).contains("3");
        assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).contains("2");
        assertThat(Long.parseLong(
                        answer.headers().firstValue("X-RateLimit-Reset").orElseThrow()))
                .as("a third of the window")
                .isBetween(now + 11_990, now + 12_060);
        assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"caller-reads\";q=3;w=36000");
        assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
                .matches("\"caller-reads\";r=2;t=(1199\\d|1200\\d)");
    }

    @Test
    void one_request_too_many_is_a_429_in_the_envelope_and_somebody_elses_is_none() throws Exception {
        String token = token("a", "ws-1");
        for (int i = 0; i < 3; i++) {
            assertThat(get("/api/v1/shown", token).statusCode()).isEqualTo(200);
        }

        var answer = get("/api/v1/shown", token);

        assertThat(answer.statusCode()).isEqualTo(429);
        JsonNode error = new JsonMapper().readTree(answer.body()).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(error.get("details").get("limit").intValue()).isEqualTo(3);
        assertThat(error.get("details").get("window").intValue()).isEqualTo(36_000);
        int retry = error.get("details").get("retry_after").intValue();
        assertThat(retry).isBetween(11_900, 12_000);
        assertThat(answer.headers().firstValue("Retry-After")).contains(Integer.toString(retry));
        assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).contains("0");
        assertThat(get("/api/v1/shown", token("b", "ws-1")).statusCode()).isEqualTo(200);
        assertThat(post(NODES, token).statusCode())
                .as("writes are counted apart")
                .isEqualTo(400);
    }

    @Test
    void a_workspace_has_a_limit_for_all_of_its_callers_and_none_for_strangers() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(get(NODES, token("stranger-" + i, "ws-2")).statusCode()).isEqualTo(404);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(get(NODES, token("caller-" + i, "ws-1")).statusCode()).isEqualTo(200);
        }

        var answer = get(NODES, token("caller-5", "ws-1"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).contains("4");
        assertThat(answer.headers().firstValue("RateLimit-Policy"))
                .contains("\"workspace-reads\";q=4;w=36000, \"caller-reads\";q=3;w=36000");
        for (int i = 0; i < 3; i++) {
            assertThat(get("/api/v1/shown", token("caller-5", "ws-1")).statusCode())
                    .as("what the workspace refused is not taken from the caller")
                    .isEqualTo(200);
        }
    }

    @Test
    void errors_of_every_kind_say_what_is_left() throws Exception {
        String token = token("a", "ws-1");
        for (var answer : List.of(
                get(NODES, null),
                get("/open", null),
                get(NODES, "nonsense"),
                get("/api/v1/boom", token),
                get("/api/v1/nowhere", token),
                post(NODES, token))) {
            assertThat(answer.headers().map()).as(answer.toString()).containsKeys(HEADERS.toArray(String[]::new));
        }
        assertThat(raw("GET /%2e%2e//x;y HTTP/1.1\r\nHost: localhost\r\n\r\n").toLowerCase(Locale.ROOT))
                .contains(HEADERS);
    }

    @Test
    void who_has_no_valid_token_is_limited_by_address() throws Exception {
        assertThat(get(NODES, null).statusCode()).isEqualTo(401);
        assertThat(get(NODES, "nonsense").statusCode()).isEqualTo(401);
        assertThat(get("/open", null).statusCode()).isEqualTo(200);

        assertThat(get(NODES, "nonsense").statusCode()).isEqualTo(429);
        assertThat(get(NODES, null).statusCode()).isEqualTo(429);
        assertThat(get("/open", null).statusCode()).isEqualTo(429);
        assertThat(get("/api/v1/shown", token("a", "ws-1")).statusCode()).isEqualTo(200);
    }

    private static String token(String subject, String workspace) {
        return TOKENS.rs256(claims -> claims.subject(subject).claim("workspaces", Map.of(workspace, "admin")));
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws IOException, InterruptedException {
        return send(request(path, token).GET());
    }

    private HttpResponse<String> post(String path, String token) throws IOException, InterruptedException {
        return send(
                request(path, token).header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")));
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** An answer to what no filter of ours gets to see. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
