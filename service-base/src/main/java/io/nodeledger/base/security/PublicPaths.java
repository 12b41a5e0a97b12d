package io.nodeledger.base.security;

import java.util.List;

/**
 * Paths that need no token; a service declares them as beans.
 *
 * @param patterns path patterns, e.g. {@code /openapi.json}
 */
public record PublicPaths(List<String> patterns) {
    public PublicPaths(String... patterns) {
        this(List.of(patterns));
    }
}
