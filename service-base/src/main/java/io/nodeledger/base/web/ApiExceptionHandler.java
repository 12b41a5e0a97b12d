package io.nodeledger.base.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Gives the envelope to everything that Spring MVC and the controllers throw. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ApiExceptionHandler {
    private final ErrorTranslation translation;
    private final ErrorWriter writer;

    public ApiExceptionHandler(ErrorTranslation translation, ErrorWriter writer) {
        this.translation = translation;
        this.writer = writer;
    }

    /** Writes directly, because the caller's Accept header must not turn one error into another. */
    @ExceptionHandler(Throwable.class)
    public void answer(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof AnswerBroken broken) {
            // The server closes the connection when a failure passes through all of the application.
            throw broken;
        }
        writer.write(request, response, translation.errorFor(failure, request.getRequestURI()));
    }
}
