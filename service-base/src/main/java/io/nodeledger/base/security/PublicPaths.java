package io.nodeledger.base.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * Paths that need no token; a service declares them as beans.
 *
 * @param method the only method for which they don't, null for all
 * @param patterns path patterns, e.g. {@code /openapi.json}
 */
public record PublicPaths(@Nullable HttpMethod method, List<String> patterns) {
    public PublicPaths(String... patterns) {
        this(null, List.of(patterns));
    }

    public PublicPaths(HttpMethod method, String... patterns) {
        this(method, List.of(patterns));
    }
}
