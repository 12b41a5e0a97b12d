package io.nodeledger.base.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.nodeledger.base.security.TestTokens;
import io.nodeledger.testing.CapturedLog;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebBaseTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TestTokens TOKENS = new TestTokens();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";

    private static ConfigurableApplicationContext service;
    private static int port;

    @BeforeAll
    static void start() {
        service = new SpringApplicationBuilder(ProbeService.class)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port",
                        "0",
                        "spring.main.banner-mode",
                        "off",
                        "nodeledger.jwt.issuer",
                        TestTokens.ISSUER,
                        "nodeledger.jwt.audience",
                        TestTokens.AUDIENCE,
                        "nodeledger.jwt.jwks-url",
                        TOKENS.writeJwks().toUri().toString()))
                .run();
        port = Integer.parseInt(Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port")));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Nested
    class Authentication {
        @Test
        void a_request_without_a_token_is_asked_for_one() throws Exception {
            var answer = get(NODES);

            assertError(answer, 401, "AUTH_REQUIRED");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"nodeledger\"");
        }

        @Test
        void every_pinned_algorithm_is_accepted() throws Exception {
            for (String token : List.of(
                    TOKENS.rs256(UnaryOperator.identity()),
                    TOKENS.es256(UnaryOperator.identity()),
                    TOKENS.edDsa(UnaryOperator.identity()))) {
                assertThat(get(NODES, token).statusCode()).isEqualTo(200);
            }
        }

        @Test
        void a_bad_token_is_refused_without_saying_why() throws Exception {
            String good = TOKENS.rs256(UnaryOperator.identity());
            for (String token : List.of(
                    "nonsense",
                    "a.b.c",
                    good.substring(0, good.length() - 8) + "AAAAAAAA",
                    TOKENS.unsigned(UnaryOperator.identity()),
                    TOKENS.byStranger(UnaryOperator.identity()),
                    TOKENS.rs256(claims -> claims.issuer("https://other.test")),
                    TOKENS.rs256(claims -> claims.audience("other")),
                    TOKENS.rs256(claims -> claims.audience(List.of())),
                    TOKENS.rs256(claims -> claims.expirationTime(null)),
                    TOKENS.rs256(claims -> claims.subject(null)),
                    TOKENS.rs256(claims -> claims.notBeforeTime(in(Duration.ofMinutes(5)))),
                    TOKENS.withHeader(new JWSHeader.Builder(JWSAlgorithm.RS512)
                            .keyID("rsa")
                            .build()),
                    TOKENS.withHeader(new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID("unknown")
                            .build()))) {
                var answer = get(NODES, token);

                assertError(answer, 401, "AUTH_INVALID_TOKEN");
                assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                        .contains("invalid_token");
                assertThat(answer.body()).contains("The token is not valid");
            }
        }

        @Test
        void an_expired_token_is_told_apart_and_the_clock_may_be_off_by_half_a_minute() throws Exception {
            assertError(
                    get(NODES, TOKENS.rs256(claims -> claims.expirationTime(in(Duration.ofSeconds(-35))))),
                    401,
                    "AUTH_TOKEN_EXPIRED");
            assertThat(get(NODES, TOKENS.rs256(claims -> claims.expirationTime(in(Duration.ofSeconds(-20)))))
                            .statusCode())
                    .isEqualTo(200);
        }

        private static Date in(Duration ahead) {
            return Date.from(Instant.now().plus(ahead));
        }
    }

    @Nested
    class Permissions {
        @Test
        void a_workspace_that_the_caller_cannot_see_does_not_exist() throws Exception {
            var answer = get("/api/v1/workspaces/ws-other/nodes", TOKENS.of("ws-123", "admin"));

            var error = assertError(answer, 404, "RESOURCE_NOT_FOUND");
            assertThat(error.get("details").toString())
                    .isEqualTo("{\"resource_type\":\"workspace\",\"resource_id\":\"ws-other\"}");
        }

        @Test
        void a_missing_permission_is_named() throws Exception {
            var error =
                    assertError(get(NODES + "/audit", TOKENS.of("ws-123", "developer")), 403, "AUTH_PERMISSION_DENIED");

            assertThat(error.get("details").toString())
                    .isEqualTo("{\"required_permission\":\"audit:read\",\"resource\":\"workspaces/ws-123\"}");
        }

        @Test
        void permission_is_checked_before_the_request_is_looked_at() throws Exception {
            var answer = send(
                    TOKENS.of("ws-123", "viewer"),
                    request(NODES).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{")));

            assertError(answer, 403, "AUTH_PERMISSION_DENIED");
        }

        @Test
        void roles_above_workspaces_reach_all_of_them() throws Exception {
            String auditor = TOKENS.rs256(
                    claims -> claims.claim("workspaces", null).claim("organisation_role", List.of("auditor")));
            assertThat(get(NODES + "/audit", auditor).statusCode()).isEqualTo(200);
            assertThat(get(NODES + "/audit", TOKENS.platformAdmin()).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void words_that_nobody_knows_grant_nothing() throws Exception {
            assertError(get(NODES, TOKENS.of("ws-123", "root")), 404, "RESOURCE_NOT_FOUND");
        }

        @Test
        void a_public_path_needs_no_token() throws Exception {
            assertThat(get("/open").body()).isEqualTo("{\"hello\":\"everyone\"}");
        }

        @Test
        void a_command_carries_who_asked() throws Exception {
            var answer = send(
                    TOKENS.of("ws-123", "admin"),
                    request(NODES + "/n1").header("X-Request-Id", "mine-1").DELETE());

            assertThat(JSON.readTree(answer.body()).get("data").toString())
                    .isEqualTo("{\"actor\":\"user-1\",\"actor_type\":\"user\",\"actor_role\":\"admin\","
                            + "\"request_id\":\"mine-1\",\"workspace\":\"ws-123\",\"source_address\":\"127.0.0.1\"}");
        }
    }

    @Nested
    class Errors {
        private final String admin = TOKENS.of("ws-123", "admin");

        @Test
        void nobody_takes_an_answer_that_broke_off_for_a_whole_one() {
            assertThatThrownBy(() -> get("/api/v1/broken", admin)).isInstanceOf(IOException.class);
        }

        @Test
        void an_unknown_path_is_a_404_with_the_envelope() throws Exception {
            assertError(get("/api/v1/nope", admin), 404, "RESOURCE_NOT_FOUND");
            assertError(get("/nope"), 404, "RESOURCE_NOT_FOUND");
            assertError(get("/nope", admin), 404, "RESOURCE_NOT_FOUND");
            assertError(get("/error"), 404, "RESOURCE_NOT_FOUND");
        }

        @Test
        void a_wrong_method_is_a_405_that_names_the_right_ones() throws Exception {
            var answer = send(admin, request(NODES).PUT(BodyPublishers.noBody()));

            assertError(answer, 405, "METHOD_NOT_ALLOWED");
            assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
        }

        @Test
        void a_caller_who_takes_no_json_gets_a_406_in_json() throws Exception {
            assertError(send(admin, request(NODES).header("Accept", "text/html")), 406, "NOT_ACCEPTABLE");
        }

        @Test
        void an_inner_fault_shows_nothing_of_itself() throws Exception {
            var answer = get("/api/v1/boom", admin);

            assertError(answer, 500, "INTERNAL_ERROR");
            assertThat(answer.body()).doesNotContain("SELECT").doesNotContain("Exception");
        }

        @Test
        void what_is_logged_of_a_request_has_its_id_and_what_its_path_is_about() throws Exception {
            try (var log = new CapturedLog(ErrorTranslation.class.getName(), Level.ERROR)) {
                var answer = get("/api/v1/workspaces/ws-123/nodes/node-1/boom", admin);

                assertThat(log.lines()).hasSize(1);
                JsonNode line = JSON.readTree(log.lines().getFirst());
                assertThat(line.path("request_id").asString())
                        .isEqualTo(requestId(answer))
                        .startsWith("req-");
                assertThat(line.path("workspace_id").asString()).isEqualTo("ws-123");
                assertThat(line.path("node_id").asString()).isEqualTo("node-1");
            }
        }

        @Test
        void problem_json_carries_the_same_error() throws Exception {
            var answer = send(admin, request("/api/v1/nope").header("Accept", "application/problem+json"));

            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.get("status").intValue()).isEqualTo(404);
            assertThat(problem.get("title").stringValue()).isEqualTo("Not Found");
            assertThat(problem.get("error").get("code").stringValue()).isEqualTo("RESOURCE_NOT_FOUND");
            assertThat(send(admin, request(NODES).header("Accept", "application/problem+json"))
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void a_harmless_request_id_is_kept_and_any_other_replaced() throws Exception {
            assertThat(requestId(send(admin, request(NODES).header("X-Request-Id", "abc-1"))))
                    .isEqualTo("abc-1");
            assertThat(requestId(send(admin, request(NODES).header("X-Request-Id", "a b\"<"))))
                    .startsWith("req-");
            assertThat(requestId(send(admin, request(NODES).header("X-Request-Id", "x".repeat(129)))))
                    .startsWith("req-");
        }

        @Test
        void the_http_server_wears_the_envelope_too() throws Exception {
            assertThat(raw("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400").contains("\"code\":\"VALIDATION_ERROR\"");
            assertThat(raw("GET /api/v1/{x} HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"VALIDATION_ERROR\"");
            assertThat(raw("GET /api HTTP/1.1\r\nHost: a\r\nX-Big: " + "x".repeat(20_000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"request_id\"");
            assertThat(raw("GET /api/%2Fx HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("X-Request-Id")
                    .contains("\"error\"");
            assertThat(raw("GET /api/v1/;a HTTP/1.1\r\nHost: a\r\n\r\n")).contains("\"code\":\"VALIDATION_ERROR\"");
            assertThat(raw("TRACE /api/v1 HTTP/1.1\r\nHost: a\r\n\r\n")).contains("\"code\":\"METHOD_NOT_ALLOWED\"");
            assertThat(raw("GET /api/v1 HTTP/9.9\r\nHost: a\r\n\r\n"))
                    .contains("\"error\"")
                    .contains(" 400 ");
        }
    }

    @Nested
    class Bodies {
        private final String admin = TOKENS.of("ws-123", "admin");

        @Test
        void every_bad_field_is_reported_at_once() throws Exception {
            var error = assertError(
                    post("{\"name\":5,\"count\":\"5\",\"flag\":null,\"extra\":1,\"count\":3}"),
                    400,
                    "VALIDATION_ERROR");

            assertThat(error.get("details").get("fields").toString())
                    .isEqualTo(
                            "[{\"field\":\"count\",\"code\":\"duplicate_key\",\"message\":\"is there more than once\"},"
                                    + "{\"field\":\"name\",\"code\":\"invalid_type\",\"message\":\"must be a string\"},"
                                    + "{\"field\":\"count\",\"code\":\"invalid_type\",\"message\":\"must be a whole number\"},"
                                    + "{\"field\":\"flag\",\"code\":\"invalid_type\",\"message\":\"must be a boolean\"},"
                                    + "{\"field\":\"extra\",\"code\":\"unknown_field\",\"message\":\"is not a field of this request\"}]");
        }

        @Test
        void what_is_not_one_json_object_is_refused() throws Exception {
            for (String body :
                    List.of("", "{", "[]", "null", "{} {}", "{\"name\":1} x", "{'a':1}", "[".repeat(5000), "\u0000")) {
                assertError(post(body), 400, "VALIDATION_ERROR");
            }
        }

        @Test
        void a_good_body_is_read() throws Exception {
            assertThat(post("{\"name\":\"a\",\"count\":3}").body())
                    .isEqualTo("{\"data\":{\"name\":\"a\",\"count\":3}}");
        }

        @Test
        void a_body_of_more_than_64_kib_is_refused_chunked_or_not() throws Exception {
            byte[] big = ("{\"name\":\"" + "x".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);

            assertError(json(BodyPublishers.ofByteArray(big)), 413, "PAYLOAD_TOO_LARGE");
            assertError(
                    json(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(big))),
                    413,
                    "PAYLOAD_TOO_LARGE");
        }

        @Test
        void only_json_is_read() throws Exception {
            for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "nonsense")) {
                var answer =
                        send(admin, request(NODES).header("Content-Type", type).POST(BodyPublishers.ofString("{}")));
                assertError(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
            }
        }

        private HttpResponse<String> post(String body) throws Exception {
            return json(BodyPublishers.ofString(body));
        }

        private HttpResponse<String> json(HttpRequest.BodyPublisher body) throws Exception {
            return send(
                    admin,
                    request(NODES).header("Content-Type", "application/json").POST(body));
        }
    }

    @Nested
    class Answering {
        private final String admin = TOKENS.of("ws-123", "admin");

        @Test
        void answers_are_snake_case_with_exact_money_and_short_times() throws Exception {
            assertThat(get("/api/v1/shown", admin).body())
                    .isEqualTo("{\"data\":{\"amount\":86.40,\"created_at\":\"2024-01-01T00:00:00Z\","
                            + "\"updated_at\":\"2024-01-01T00:00:00.123Z\",\"last_seen\":\"now\"}}");
        }

        @Test
        void pages_link_to_each_other() throws Exception {
            var answer = get(NODES + "?page=2&per_page=500&status=running,stopped", admin);

            String base = "<http://localhost:" + port + NODES;
            String query = "?status=running,stopped&page=1&per_page=100>; rel=";
            assertThat(JSON.readTree(answer.body()).get("pagination").toString())
                    .isEqualTo("{\"page\":2,\"per_page\":100,\"total\":95,\"pages\":1}");
            assertThat(answer.headers().firstValue("Link").orElseThrow())
                    .isEqualTo(base + query + "\"first\", " + base + query + "\"prev\", " + base + query + "\"last\"");
        }

        @Test
        void a_cursor_list_links_to_what_follows() throws Exception {
            assertThat(get(NODES + "/events?cursor=x&limit=5", admin)
                            .headers()
                            .firstValue("Link")
                            .orElseThrow())
                    .isEqualTo("<http://localhost:" + port + NODES + "/events?limit=5&cursor=a%2Fb%2Bc>; rel=\"next\"");
        }

        @Test
        void every_bad_query_parameter_is_reported_at_once() throws Exception {
            var error =
                    assertError(get(NODES + "?page=&per_page=0&status=running,bad", admin), 400, "VALIDATION_ERROR");

            assertThat(error.get("details").get("fields").findValuesAsString("code"))
                    .containsExactly("empty", "out_of_range", "unknown_value");
            assertError(get(NODES + "?page=1&page=2", admin), 400, "VALIDATION_ERROR");
            assertError(get(NODES + "?page=99999999999", admin), 400, "VALIDATION_ERROR");
            assertError(get(NODES + "?page=1e3", admin), 400, "VALIDATION_ERROR");
            assertError(get(NODES + "?page=%ff", admin), 400, "VALIDATION_ERROR");
        }

        @Test
        void security_headers_are_there() throws Exception {
            var headers = get("/api/v1/shown", admin).headers();

            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Set-Cookie")).isEmpty();
        }
    }

    private static JsonNode assertError(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = JSON.readTree(answer.body()).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("message").stringValue()).isNotBlank();
        assertThat(error.get("details").isObject()).isTrue();
        assertThat(error.get("request_id").stringValue()).isEqualTo(requestId(answer));
        return error;
    }

    private static String requestId(HttpResponse<?> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(token, request(path));
    }

    private static HttpResponse<String> send(String token, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HTTP.send(request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
