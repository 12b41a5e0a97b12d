package io.nodeledger.base.security;

import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.base.web.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells of every 403, whoever gave it, once it is answered. Comes before {@link PermissionInterceptor}: an interceptor hears
 * of the end of those requests alone that it has let pass.
 */
final class DenialInterceptor implements HandlerInterceptor {
    private static final String CALLER = DenialInterceptor.class.getName();
    private static final String NODE = "nodeId";
    private static final Pattern NODE_ID = Pattern.compile("node-[0-9a-z-]{1,60}");

    private final DeniedRequests denied;
    private final Clock clock;

    DenialInterceptor(DeniedRequests denied, Clock clock) {
        this.denied = denied;
        this.clock = clock;
    }

    /** An answer that was waited for ends on another thread, which knows no caller. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        CurrentCaller.find().ifPresent(caller -> request.setAttribute(CALLER, caller));
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (response.getStatus() != HttpStatus.FORBIDDEN.value()
                || !(request.getAttribute(CALLER) instanceof Caller caller)
                || !(handler instanceof HandlerMethod method)) {
            return;
        }
        request.removeAttribute(CALLER);
        Requires requires = method.getMethodAnnotation(Requires.class);
        String workspaceId = variable(request, PermissionInterceptor.WORKSPACE);
        // What a stranger tried is not for the workspace to read, nor for strangers to fill.
        if (requires != null && workspaceId != null && caller.sees(workspaceId)) {
            denied.note(attempt(request, caller, workspaceId, requires.value()));
        }
    }

    private DeniedAttempt attempt(HttpServletRequest request, Caller caller, String workspaceId, Permission required) {
        String nodeId = variable(request, NODE);
        boolean permitted = required.scope() == Permission.Scope.PLATFORM
                ? caller.platformAdmin()
                : caller.mayIn(workspaceId, required);
        return new DeniedAttempt(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                workspaceId,
                nodeId != null && NODE_ID.matcher(nodeId).matches() ? nodeId : null,
                caller.id(),
                caller.roleIn(workspaceId),
                required.word(),
                (permitted ? ErrorCode.WORKSPACE_SUSPENDED : ErrorCode.AUTH_PERMISSION_DENIED).name(),
                request.getMethod(),
                String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)),
                RequestIds.of(request),
                request.getRemoteAddr());
    }

    private static @Nullable String variable(HttpServletRequest request, String name) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get(name) instanceof String value
                ? value
                : null;
    }
}
