package io.nodeledger.base.security;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers a caller with a valid token whom the filter turns away. The filter only knows the API and public paths, so
 * what it turns away doesn't exist; permissions are the business of {@link PermissionInterceptor}.
 */
final class Denied implements AccessDeniedHandler {
    private final ErrorWriter writer;

    Denied(ErrorWriter writer) {
        this.writer = writer;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        writer.write(request, response, ApiError.notFound("path", request.getRequestURI()));
    }
}
