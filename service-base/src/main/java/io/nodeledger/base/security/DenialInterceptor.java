package io.nodeledger.base.security;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ErrorWriter;
import io.nodeledger.base.web.RequestIds;
import io.nodeledger.events.identity.Ids;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
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
    private static final String OPERATION = "operationId";

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
        var error = ErrorWriter.answered(request);
        if (error.isEmpty()
                || error.get().code().status() != HttpStatus.FORBIDDEN.value()
                || !(request.getAttribute(CALLER) instanceof Caller caller)
                || !(handler instanceof HandlerMethod method)) {
            return;
        }
        request.removeAttribute(CALLER);
        Requires requires = method.getMethodAnnotation(Requires.class);
        String workspaceId = AboutNode.variable(request, PermissionInterceptor.WORKSPACE);
        // What a stranger tried is not for the workspace to read, nor for strangers to fill.
        if (requires != null && workspaceId != null && caller.sees(workspaceId)) {
            denied.note(attempt(request, caller, workspaceId, requires.value(), error.get()));
        }
    }

    private DeniedAttempt attempt(
            HttpServletRequest request, Caller caller, String workspaceId, Permission required, ApiError error) {
        String operationId = AboutNode.variable(request, OPERATION);
        return new DeniedAttempt(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                workspaceId,
                AboutNode.of(request),
                operationId != null && Ids.isWellFormed(operationId) ? operationId : null,
                caller.id(),
                caller.roleIn(workspaceId),
                // Some routes require more than they declare, once they know what is asked for.
                String.valueOf(error.details().getOrDefault(ApiError.REQUIRED_PERMISSION, required.word())),
                error.code().name(),
                request.getMethod(),
                String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)),
                RequestIds.of(request),
                request.getRemoteAddr());
    }
}
