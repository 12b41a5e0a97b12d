package io.nodeledger.base.web;

import io.nodeledger.base.tracing.Work;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Gives the envelope to what Tomcat refuses before any filter runs: bad request lines, oversized headers. */
final class EnvelopeValve extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(EnvelopeValve.class);

    private final ErrorWriter writer;

    EnvelopeValve(ErrorWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !canWrite(response)) {
            return;
        }
        String path = request.getRequestURI() == null ? "" : request.getRequestURI();
        if (failure != null && status >= 500) {
            try (var _ = MDC.putCloseable(Work.REQUEST_ID, RequestIds.of(request))) {
                log.error("Request to {} failed outside of the application", path, failure);
            }
        }
        try {
            response.resetBuffer(true);
            writer.write(request, response, StatusErrors.of(status, path));
        } catch (IOException gone) {
            log.debug("The caller went away before the error could be written", gone);
        }
    }

    private static boolean canWrite(Response response) {
        var allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}
