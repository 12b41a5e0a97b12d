package io.nodeledger.base.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What any exception means to a caller. Only what nobody foresaw is an internal error, and is logged with its cause. */
public final class ErrorTranslation {
    private static final Logger log = LoggerFactory.getLogger(ErrorTranslation.class);
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(2);

    private final List<ExceptionMapping> mappings;

    public ErrorTranslation(List<ExceptionMapping> mappings) {
        this.mappings = List.copyOf(mappings);
    }

    /** The documented error for the failure of a request to this path. */
    public ApiError errorFor(Throwable failure, String path) {
        return mappings.stream()
                .flatMap(mapping -> mapping.errorFor(failure).stream())
                .findFirst()
                .or(() -> known(failure, path))
                .orElseGet(() -> unforeseen(failure, path));
    }

    private static Optional<ApiError> known(Throwable failure, String path) {
        return Optional.ofNullable(
                switch (failure) {
                    case ApiException answer -> answer.error();
                    case NoHandlerFoundException _, NoResourceFoundException _ -> ApiError.notFound("path", path);
                    case HttpRequestMethodNotSupportedException no -> methodNotAllowed(no);
                    case HttpMediaTypeNotAcceptableException no ->
                        new ApiError(
                                ErrorCode.NOT_ACCEPTABLE,
                                "No acceptable representation",
                                Map.of("available", words(no.getSupportedMediaTypes())));
                    case HttpMediaTypeNotSupportedException no -> unsupported(no.getSupportedMediaTypes());
                    case MethodArgumentTypeMismatchException no ->
                        ApiError.validation(no.getName(), "invalid_type", "The value has the wrong type");
                    case MissingServletRequestParameterException no ->
                        ApiError.validation(no.getParameterName(), "required", "The parameter is required");
                    case HttpMessageNotReadableException _ ->
                        ApiError.validation("body", "malformed_json", "The body can't be read");
                    case RequestRejectedException _ -> StatusErrors.malformedRequest();
                    case AccessDeniedException _ -> StatusErrors.of(403, path);
                    case AsyncRequestTimeoutException _ -> ApiError.unavailable(DATABASE_RETRY);
                    case DataAccessResourceFailureException _,
                            TransientDataAccessException _,
                            CannotCreateTransactionException _ -> {
                        log.warn("The database is out of reach: {}", failure.getMessage());
                        yield ApiError.unavailable(DATABASE_RETRY);
                    }
                    case ErrorResponse response
                    when response.getStatusCode().value() < 500 ->
                        StatusErrors.of(response.getStatusCode().value(), path);
                    default -> null;
                });
    }

    /** 415, naming what would be understood. */
    static ApiError unsupported(List<MediaType> supported) {
        return new ApiError(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "The content type is not supported",
                        Map.of("supported", words(supported)))
                .withHeader("Accept", String.join(", ", words(supported)));
    }

    private static ApiError methodNotAllowed(HttpRequestMethodNotSupportedException no) {
        var supported = no.getSupportedHttpMethods();
        String allow = supported == null
                ? ""
                : supported.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
        return new ApiError(ErrorCode.METHOD_NOT_ALLOWED, "The method " + no.getMethod() + " is not allowed here")
                .withHeader("Allow", allow);
    }

    private static ApiError unforeseen(Throwable failure, String path) {
        if (failure instanceof IOException) {
            log.debug("The caller of {} went away", path, failure);
        } else {
            log.error("Request to {} failed", path, failure);
        }
        return StatusErrors.internal();
    }

    private static List<String> words(List<MediaType> types) {
        return types.stream().map(MediaType::toString).toList();
    }
}
