package io.nodeledger.standalone.deploy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The rules of an HTTPRoute. Exact paths count before expressions, longer ones before shorter ones, and of equals the one
 * that names a method (source: Gateway API, HTTPRouteRule, "matches").
 */
final class GatewayRoutes {
    private static final Comparator<Match> PRECEDENCE = Comparator.comparing(Match::isExact)
            .thenComparingInt(match -> match.path().length())
            .thenComparing(match -> !match.method().isEmpty())
            .reversed();

    private final List<Match> matches = new ArrayList<>();

    private record Match(boolean isExact, String path, String method, String service) {
        boolean takes(String asked, String at) {
            return (method.isEmpty() || method.equals(asked))
                    && (isExact ? path.equals(at) : Pattern.matches(path, at));
        }
    }

    /** @throws IllegalArgumentException when a path is a prefix, which implementations rank differently */
    GatewayRoutes(JsonNode route) {
        for (var rule : route.path("spec").path("rules")) {
            String service = rule.path("backendRefs").path(0).path("name").asString();
            for (var match : rule.path("matches")) {
                String type = match.path("path").path("type").asString("PathPrefix");
                if (type.equals("PathPrefix")) {
                    throw new IllegalArgumentException("A prefix among expressions: " + match);
                }
                matches.add(new Match(
                        type.equals("Exact"),
                        match.path("path").path("value").asString(),
                        match.path("method").asString(""),
                        service));
            }
        }
        matches.sort(PRECEDENCE);
    }

    String serviceOf(String method, String path) {
        return matches.stream()
                .filter(match -> match.takes(method, path))
                .map(Match::service)
                .findFirst()
                .orElse("");
    }
}
