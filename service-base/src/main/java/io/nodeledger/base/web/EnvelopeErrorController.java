package io.nodeledger.base.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Gives the envelope to what filters and the servlet container send to the error page. */
@Controller
public final class EnvelopeErrorController implements ErrorController {
    private final ErrorTranslation translation;
    private final ErrorWriter writer;

    public EnvelopeErrorController(ErrorTranslation translation, ErrorWriter writer) {
        this.translation = translation;
        this.writer = writer;
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                ? uri
                : request.getRequestURI();
        ApiError error;
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
            error = translation.errorFor(failure, path);
        } else {
            int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
            error = StatusErrors.of(status, path);
        }
        writer.write(request, response, error);
    }
}
