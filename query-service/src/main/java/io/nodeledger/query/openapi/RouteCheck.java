package io.nodeledger.query.openapi;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Compares the routes that an application serves with those that its description names. */
public final class RouteCheck {
    private RouteCheck() {}

    /** The application's routes, e.g. {@code GET /api/v1/node-plans}; error pages are none. */
    public static Set<String> served(RequestMappingHandlerMapping mapping) {
        var routes = new TreeSet<String>();
        for (var info : mapping.getHandlerMethods().keySet()) {
            for (var path : info.getPatternValues()) {
                if (path.startsWith("/api/") || path.endsWith(".json")) {
                    methodsOf(info).forEach(method -> routes.add(method + " " + described(path)));
                }
            }
        }
        return routes;
    }

    /** What is served but not described. */
    public static Set<String> undescribed(RequestMappingHandlerMapping mapping) {
        var missing = new TreeSet<>(served(mapping));
        missing.removeAll(OpenApiDocument.load().routes());
        return missing;
    }

    /** What is described but not served. */
    public static Set<String> unserved(RequestMappingHandlerMapping mapping) {
        var missing = new TreeSet<>(OpenApiDocument.load().routes());
        missing.removeAll(served(mapping));
        return missing;
    }

    /** The shape of a parameter is its schema's business. */
    private static String described(String path) {
        return path.replaceAll("\\{(\\w+):[^}]*}", "{$1}");
    }

    private static Set<String> methodsOf(RequestMappingInfo info) {
        var methods = new TreeSet<String>();
        info.getMethodsCondition().getMethods().forEach(method -> methods.add(method.name()));
        return methods;
    }
}
