package io.nodeledger.base.security;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.base.web.ErrorWriter;
import io.nodeledger.base.web.RequestLimit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Answers requests without a valid token: 401 with {@code WWW-Authenticate}, never why exactly a token is bad. */
final class Unauthenticated implements AuthenticationEntryPoint {
    private static final Logger log = LoggerFactory.getLogger(Unauthenticated.class);
    private static final Duration KEYS_RETRY = Duration.ofSeconds(5);
    private static final String CHALLENGE = "Bearer realm=\"nodeledger\"";

    private final RequestLimit limit;
    private final ErrorWriter writer;

    Unauthenticated(RequestLimit limit, ErrorWriter writer) {
        this.limit = limit;
        this.writer = writer;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        var tooMany = limit.count(request, response);
        writer.write(request, response, tooMany.orElseGet(() -> errorFor(request, failure)));
    }

    private static ApiError errorFor(HttpServletRequest request, AuthenticationException failure) {
        if (failure instanceof AuthenticationServiceException) {
            log.warn("Tokens can't be checked now", failure);
            return ApiError.unavailable(KEYS_RETRY);
        }
        if (failure instanceof OAuth2AuthenticationException) {
            log.debug("A token was refused", failure);
            return failure.getCause() instanceof TokenExpired
                    ? invalid(ErrorCode.AUTH_TOKEN_EXPIRED, "The token has expired")
                    : invalid(ErrorCode.AUTH_INVALID_TOKEN, "The token is not valid");
        }
        // Outside of the API nothing exists but what is public, so there is nothing to authenticate for.
        if (!request.getRequestURI().startsWith("/api/")) {
            return ApiError.notFound("path", request.getRequestURI());
        }
        return new ApiError(ErrorCode.AUTH_REQUIRED, "A bearer token is required")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }

    private static ApiError invalid(ErrorCode code, String message) {
        return new ApiError(code, message)
                .withHeader(
                        HttpHeaders.WWW_AUTHENTICATE,
                        CHALLENGE + ", error=\"invalid_token\", error_description=\"" + message + "\"");
    }
}
