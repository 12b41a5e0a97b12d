package io.nodeledger.simulators.control;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;

/**
 * Lets in programs on this machine and no web pages, although a browser on this machine could reach the port: a page
 * under a name of its own (DNS rebinding) gives itself away by the Host header, any other by its origin.
 */
final class Doorkeeper implements Handler<RoutingContext> {
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        var host = request.authority();
        if (host == null || !LOCAL.contains(host.host().toLowerCase(Locale.ROOT))) {
            context.fail(Refusal.of(403, "The Host header must name this machine: 127.0.0.1 or localhost"));
        } else if (request.headers().contains("Origin")) {
            context.fail(Refusal.of(403, "This is for programs, not for web pages"));
        } else if (hasBody(request) && !isJson(request)) {
            context.fail(Refusal.of(415, "The body must be JSON: send Content-Type: application/json"));
        } else {
            context.next();
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
    }

    private static boolean isJson(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).strip().matches("application/json( *;.*)?");
    }
}
