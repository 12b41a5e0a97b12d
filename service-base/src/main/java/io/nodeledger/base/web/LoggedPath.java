package io.nodeledger.base.web;

import io.nodeledger.base.tracing.Work;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Puts on the log lines of a request what its path is about. */
final class LoggedPath implements AsyncHandlerInterceptor {
    private static final Map<String, String> KEYS = Map.of(
            "wsId", "workspace_id",
            "nodeId", Work.NODE_ID,
            "operationId", Work.OPERATION_ID,
            "transitionId", "transition_id",
            "webhookId", "webhook_id");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
            KEYS.forEach((variable, key) -> {
                if (variables.get(variable) instanceof String value) {
                    MDC.put(key, value);
                }
            });
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        KEYS.values().forEach(MDC::remove);
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        KEYS.values().forEach(MDC::remove);
    }
}
