package io.nodeledger.base.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class RouteDeclarationsTest {
    @Test
    void every_route_that_has_not_declared_who_may_call_it_is_named() {
        assertThatThrownBy(() -> check(Undeclared.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/api/v1/silent has no @Requires")
                .hasMessageContaining("/api/v1/nodes requires nodes:read in a workspace, but names no {wsId}");
    }

    @Test
    void declared_and_public_routes_may_start() {
        assertThatCode(() -> check(Declared.class)).doesNotThrowAnyException();
    }

    private static void check(Class<?> routes) {
        try (var context = new AnnotationConfigApplicationContext(routes, RequestMappingHandlerMapping.class)) {
            new RouteDeclarations(
                            context.getBean(RequestMappingHandlerMapping.class),
                            new OpenRoutes(List.of(new PublicPaths("/open/**"))))
                    .afterSingletonsInstantiated();
        }
    }

    @RestController
    static class Undeclared {
        @GetMapping("/api/v1/silent")
        String silent() {
            return "";
        }

        @GetMapping("/api/v1/nodes")
        @Requires(Permission.NODES_READ)
        String homeless() {
            return "";
        }
    }

    @RestController
    static class Declared {
        @GetMapping("/api/v1/workspaces/{wsId}/nodes")
        @Requires(Permission.NODES_READ)
        String nodes() {
            return "";
        }

        @GetMapping({"/open/page", "/open/{name}"})
        String open() {
            return "";
        }
    }
}
