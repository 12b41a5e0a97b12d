package io.nodeledger.base.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Holds the start of a service up when one of its routes has not declared who may call it: such a route would answer
 * nobody, and that is better learned before the first caller does. All faulty routes are named at once.
 */
final class RouteDeclarations implements SmartInitializingSingleton {
    private final RequestMappingHandlerMapping routes;
    private final OpenRoutes open;

    RouteDeclarations(RequestMappingHandlerMapping routes, OpenRoutes open) {
        this.routes = routes;
        this.open = open;
    }

    private boolean isOpen(Set<RequestMethod> methods, String path) {
        return !methods.isEmpty() && methods.stream().allMatch(method -> open.contain(method.name(), path));
    }

    @Override
    public void afterSingletonsInstantiated() {
        var faults = new ArrayList<String>();
        routes.getHandlerMethods().forEach((route, handler) -> {
            if (!ErrorController.class.isAssignableFrom(handler.getBeanType())) {
                check(route, handler, faults);
            }
        });
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "Every route must declare who may call it:\n- " + String.join("\n- ", faults));
        }
    }

    private void check(RequestMappingInfo route, HandlerMethod handler, List<String> faults) {
        Requires requires = handler.getMethodAnnotation(Requires.class);
        for (String path : route.getPatternValues()) {
            if (isOpen(route.getMethodsCondition().getMethods(), path)) {
                continue;
            }
            if (requires == null) {
                faults.add(path + " has no @Requires and is no public path: " + handler);
            } else if (requires.value().scope() == Permission.Scope.WORKSPACE
                    && !path.contains("{" + PermissionInterceptor.WORKSPACE + "}")) {
                faults.add(path + " requires " + requires.value().word() + " in a workspace, but names no {"
                        + PermissionInterceptor.WORKSPACE + "}: " + handler);
            }
        }
    }
}
