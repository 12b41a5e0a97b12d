package io.nodeledger.base.security;

import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Tells paths that need no token from all others. */
final class OpenRoutes {
    private final List<PathPattern> patterns;

    OpenRoutes(List<PublicPaths> publicPaths) {
        this.patterns = publicPaths.stream()
                .flatMap(paths -> paths.patterns().stream())
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    boolean contain(String path) {
        var parsed = PathContainer.parsePath(path);
        return patterns.stream().anyMatch(pattern -> pattern.matches(parsed));
    }
}
