package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import tools.jackson.databind.JsonNode;

/** Writes answers to the wire. */
final class Answers {
    private static final int TOO_MANY_REQUESTS = 429;

    private Answers() {}

    static void send(HttpServerRequest http, ApiAnswer answer) {
        if (http.response().closed()) {
            return;
        }
        switch (answer) {
            case ApiAnswer.Json json -> json(http.response(), json.status(), json.body());
            case ApiAnswer.Plain plain -> {
                var _ = http.response().putHeader("Content-Type", "text/plain").end(plain.text());
            }
            case ApiAnswer.Watching watching -> watching.begin().run();
            case ApiAnswer.Dropped _ -> {
                var _ = http.connection().close();
            }
        }
    }

    private static void json(HttpServerResponse response, int status, JsonNode body) {
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
        if (status == TOO_MANY_REQUESTS) {
            response.putHeader(
                    "Retry-After", Integer.toString(Fields.integer(body, 1, "details", "retryAfterSeconds")));
        }
        var _ = response.end(Buffer.buffer(Fields.JSON.writeValueAsBytes(body)));
    }
}
