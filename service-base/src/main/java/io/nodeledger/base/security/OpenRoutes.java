package io.nodeledger.base.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Tells paths that need no token from all others. */
final class OpenRoutes {
    private final List<Route> routes;

    private record Route(@Nullable HttpMethod method, PathPattern pattern) {
        boolean matches(String asked, PathContainer path) {
            return (method == null || method.matches(asked)) && pattern.matches(path);
        }
    }

    OpenRoutes(List<PublicPaths> publicPaths) {
        this.routes = publicPaths.stream()
                .flatMap(paths -> paths.patterns().stream()
                        .map(PathPatternParser.defaultInstance::parse)
                        .map(pattern -> new Route(paths.method(), pattern)))
                .toList();
    }

    boolean contain(String method, String path) {
        var parsed = PathContainer.parsePath(path);
        return routes.stream().anyMatch(route -> route.matches(method, parsed));
    }
}
