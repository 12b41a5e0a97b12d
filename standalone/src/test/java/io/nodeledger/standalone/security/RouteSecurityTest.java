package io.nodeledger.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.security.Role;
import io.nodeledger.query.openapi.RouteCheck;
import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.separate.Controllers;
import io.nodeledger.standalone.token.TokenRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** Every route that exists, whoever added it: who is turned away, with which words, and who isn't. */
class RouteSecurityTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final StandaloneServer SERVER = StandaloneServer.shared();

    private record Route(String method, String pattern, Permission required) {
        String path() {
            return pattern.replace("{wsId}", StandaloneServer.WORKSPACE).replaceAll("\\{[^}]+}", "node-0");
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    private record Outcome(int status, String code) {}

    @Test
    void everyRouteIsDescribedAndEveryDescribedRouteIsServed() {
        var routes = SERVER.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);

        assertThat(RouteCheck.undescribed(routes)).isEmpty();
        assertThat(RouteCheck.unserved(routes)).isEmpty();
    }

    @Test
    void everyRouteThatIsServedIsAmongThoseThatAreTried() {
        var served = SERVER.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);

        assertThat(routes().map(Route::pattern))
                .containsAll(served.getHandlerMethods().keySet().stream()
                        .flatMap(route -> route.getPatternValues().stream())
                        .filter(pattern -> pattern.startsWith("/api/"))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> nobodyCallsWithoutAToken() {
        return each(route -> assertThat(call(route, null)).isEqualTo(new Outcome(401, "AUTH_REQUIRED")));
    }

    @TestFactory
    Stream<DynamicTest> nobodyCallsWithATokenThatWasTamperedWith() {
        String token = token(StandaloneServer.WORKSPACE, "viewer");
        String forged = token.substring(0, token.lastIndexOf('.') + 1)
                + new StringBuilder(token.substring(token.lastIndexOf('.') + 1)).reverse();
        return each(route -> assertThat(call(route, forged)).isEqualTo(new Outcome(401, "AUTH_INVALID_TOKEN")));
    }

    @TestFactory
    Stream<DynamicTest> nobodyCallsWithATokenThatHasExpired() {
        String expired =
                SERVER.token(new TokenRequest("late", StandaloneServer.WORKSPACE, "admin", true, Duration.ofHours(-1)));
        return each(route -> assertThat(call(route, expired)).isEqualTo(new Outcome(401, "AUTH_TOKEN_EXPIRED")));
    }

    @TestFactory
    Stream<DynamicTest> everyRoleDoesWhatItMayAndNothingElse() {
        return Stream.of(Role.values()).flatMap(role -> {
            String token = token(StandaloneServer.WORKSPACE, role.word());
            return routes().map(route -> dynamicTest(role.word() + ": " + route, () -> {
                var outcome = call(route, token);
                if (role.permits(route.required())) {
                    assertThat(outcome.status()).isNotIn(401, 403).isLessThan(500);
                } else {
                    assertThat(outcome).isEqualTo(new Outcome(403, "AUTH_PERMISSION_DENIED"));
                }
            }));
        });
    }

    @TestFactory
    Stream<DynamicTest> anotherWorkspaceDoesNotExist() {
        String stranger = token("ws-elsewhere", "admin");
        return routes().filter(
                        route -> route.pattern().contains("{wsId}") && route.required() != Permission.PLATFORM_ADMIN)
                .map(route -> dynamicTest(
                        route.toString(),
                        () -> assertThat(call(route, stranger)).isEqualTo(new Outcome(404, "RESOURCE_NOT_FOUND"))));
    }

    private interface Check {
        void on(Route route) throws IOException, InterruptedException;
    }

    private static Stream<DynamicTest> each(Check check) {
        return routes().map(route -> dynamicTest(route.toString(), () -> check.on(route)));
    }

    private static Stream<Route> routes() {
        return Controllers.operations()
                .filter(operation -> operation.path().startsWith("/api/"))
                .map(operation -> {
                    var requires = Objects.requireNonNull(
                            operation.method().getAnnotation(Requires.class),
                            () -> operation.method() + " does not declare its permission");
                    return new Route(operation.verb(), operation.path(), requires.value());
                });
    }

    private static Outcome call(Route route, @org.jspecify.annotations.Nullable String token)
            throws IOException, InterruptedException {
        boolean body = List.of("POST", "PUT", "PATCH").contains(route.method());
        var request = HttpRequest.newBuilder(URI.create(SERVER.runtime().baseUrl() + route.path()))
                .method(
                        route.method(),
                        body ? HttpRequest.BodyPublishers.ofString("{}") : HttpRequest.BodyPublishers.noBody())
                .header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        // A stream that was opened has no end to wait for.
        try (var answer = response.body()) {
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            String code = json
                    ? JSON.readTree(answer.readAllBytes())
                            .path("error")
                            .path("code")
                            .asString("")
                    : "";
            return new Outcome(response.statusCode(), code);
        }
    }

    private static String token(String workspace, String role) {
        return SERVER.token(new TokenRequest("test-" + role, workspace, role, false, Duration.ofMinutes(10)));
    }
}
