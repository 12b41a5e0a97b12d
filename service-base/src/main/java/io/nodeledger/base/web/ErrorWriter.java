package io.nodeledger.base.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeType;

/**
 * Writes errors, wherever they arise: in a controller, in the security filter or in the HTTP server itself. The body is
 * the API's envelope, or RFC 9457 with the envelope's {@code error} as an extension when the caller prefers that.
 */
public final class ErrorWriter {
    private static final String ANSWERED = ErrorWriter.class.getName();

    private final ApiJson json;
    private final RequestLimit limit;
    private final RefusalMeters refusals;

    /**
     * A writer.
     *
     * @param limit is told of requests that failed before it was their turn to be counted
     */
    ErrorWriter(ApiJson json, RequestLimit limit, RefusalMeters refusals) {
        this.json = json;
        this.limit = limit;
        this.refusals = refusals;
    }

    /** The error that a request was answered with, if it was. */
    public static Optional<ApiError> answered(HttpServletRequest request) {
        return Optional.ofNullable(request.getAttribute(ANSWERED)).map(ApiError.class::cast);
    }

    /** Writes the error. An answer that has begun is left alone: its status is out already. */
    public void write(HttpServletRequest request, HttpServletResponse response, ApiError error) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        request.setAttribute(ANSWERED, error);
        refusals.answered(error);
        String requestId = RequestIds.of(request);
        response.resetBuffer();
        response.setStatus(error.code().status());
        response.setHeader(RequestIds.HEADER, requestId);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        limit.count(request, response);
        error.headers().forEach(response::setHeader);
        boolean problem = prefersProblem(request.getHeader(HttpHeaders.ACCEPT));
        response.setContentType(problem ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : MediaType.APPLICATION_JSON_VALUE);
        byte[] body = json.mapper().writeValueAsBytes(problem ? problem(error, requestId) : envelope(error, requestId));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private static Map<String, Object> envelope(ApiError error, String requestId) {
        var inner = new LinkedHashMap<String, Object>();
        inner.put("code", error.code().name());
        inner.put("message", error.message());
        inner.put("details", error.details());
        inner.put("request_id", requestId);
        return Map.of("error", inner);
    }

    private static Map<String, Object> problem(ApiError error, String requestId) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "about:blank");
        problem.put("title", HttpStatus.valueOf(error.code().status()).getReasonPhrase());
        problem.put("status", error.code().status());
        problem.put("detail", error.message());
        problem.putAll(envelope(error, requestId));
        return problem;
    }

    private static boolean prefersProblem(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        try {
            List<MediaType> wished = MediaType.parseMediaTypes(accept);
            double problem = quality(wished, MediaType.APPLICATION_PROBLEM_JSON);
            return problem > 0 && problem >= quality(wished, MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    private static double quality(List<MediaType> wished, MimeType type) {
        return wished.stream()
                .filter(type::equalsTypeAndSubtype)
                .mapToDouble(MediaType::getQualityValue)
                .max()
                .orElse(0);
    }
}
