package io.nodeledger.base.security;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Holds every route to its {@link Requires}, after authentication and before anything of the request is looked at. A
 * workspace that the caller can't see doesn't exist for the caller.
 */
final class PermissionInterceptor implements HandlerInterceptor {
    /** Name of the path variable that holds the workspace id. */
    static final String WORKSPACE = "wsId";

    private final OpenRoutes open;

    PermissionInterceptor(OpenRoutes open) {
        this.open = open;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() != DispatcherType.REQUEST
                || "OPTIONS".equals(request.getMethod())
                || open.contain(request.getMethod(), request.getRequestURI())) {
            return true;
        }
        Requires requires = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Requires.class) : null;
        if (requires == null) {
            if (handler instanceof HandlerMethod method
                    && ErrorController.class.isAssignableFrom(method.getBeanType())) {
                throw new ApiException(ApiError.notFound("path", request.getRequestURI()));
            }
            throw new IllegalStateException("no permission is declared for " + handler);
        }
        Caller caller = CurrentCaller.get();
        switch (requires.value().scope()) {
            case AUTHENTICATED -> {}
            case WORKSPACE -> checkWorkspace(caller, workspaceOf(request), requires.value());
            case PLATFORM -> {
                if (!caller.platformAdmin()) {
                    throw new ApiException(ApiError.denied(requires.value().word(), "platform"));
                }
            }
        }
        return true;
    }

    private static void checkWorkspace(Caller caller, String workspaceId, Permission required) {
        if (!caller.sees(workspaceId)) {
            throw new ApiException(ApiError.notFound("workspace", workspaceId));
        }
        if (!caller.mayIn(workspaceId, required)) {
            throw new ApiException(ApiError.denied(required.word(), "workspaces/" + workspaceId));
        }
    }

    private static String workspaceOf(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get(WORKSPACE) instanceof String id) {
            return id;
        }
        throw new IllegalStateException("a route with a workspace permission has no {wsId} in its path");
    }
}
