package io.nodeledger.simulators.control;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Answers in JSON; a refusal is {@code {"message": …}} and, for bad input, {@code "errors"} by field. */
final class Replies {
    private static final Logger log = LoggerFactory.getLogger(Replies.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Replies() {}

    static void send(RoutingContext context, int status, Object body) {
        var _ = context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(JSON.writeValueAsBytes(body)));
    }

    static void nothing(RoutingContext context) {
        var _ = context.response().setStatusCode(204).end();
    }

    /** The answer to a request that failed. */
    static void failure(RoutingContext context) {
        switch (context.failure()) {
            case Refusal refusal -> refuse(context, refusal.status(), refusal.getMessage(), refusal.fields());
            case PveError error -> refuse(context, error.status(), error.reason(), error.errors());
            case ApiError error -> refuse(context, error.code(), error.getMessage(), Map.of());
            case null -> refuse(context, context.statusCode(), "Nothing is done", Map.of());
            case Throwable bug -> {
                log.error(
                        "{} {} failed",
                        context.request().method(),
                        context.request().path(),
                        bug);
                refuse(context, 500, String.valueOf(bug.getMessage()), Map.of());
            }
        }
    }

    static void refuse(RoutingContext context, int status, @Nullable String message, Map<String, String> fields) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", String.valueOf(message));
        if (!fields.isEmpty()) {
            body.put("errors", fields);
        }
        send(context, status, body);
    }
}
