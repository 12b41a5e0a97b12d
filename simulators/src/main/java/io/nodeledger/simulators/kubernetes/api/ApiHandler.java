package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.admission.Admission;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Authenticates a request, finds what it asks for and answers it in JSON, errors as a {@code Status}. */
final class ApiHandler {
    private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);
    private static final Set<String> HEALTH = Set.of("/readyz", "/livez", "/healthz");
    private static final Set<String> ANONYMOUS =
            Set.of("/version", "/api/v1/namespaces/kube-public/configmaps/cluster-info");
    private final String token;
    private final Reads reads;
    private final Writes writes;
    private final Subresources subresources;
    private final Watches watches;

    ApiHandler(String token, Reads reads, Writes writes, Subresources subresources, Watches watches) {
        this.token = token;
        this.reads = reads;
        this.writes = writes;
        this.subresources = subresources;
        this.watches = watches;
    }

    void handle(HttpServerRequest request) {
        if (HEALTH.contains(request.path())) {
            var _ = request.response().putHeader("Content-Type", "text/plain").end("ok");
            return;
        }
        if (!ANONYMOUS.contains(request.path()) && !("Bearer " + token).equals(request.getHeader("Authorization"))) {
            answer(
                    request,
                    401,
                    ApiError.of(401, "Unauthorized", "Unauthorized").status());
            return;
        }
        if (isWatch(request)) {
            guarded(request, () -> watches.open(call(request, Buffer.buffer()), request));
            return;
        }
        request.body().onSuccess(body -> guarded(request, () -> serve(request, body)));
    }

    private static boolean isWatch(HttpServerRequest request) {
        String watch = request.getParam("watch");
        return request.method().name().equals("GET") && watch != null && (watch.equals("true") || watch.equals("1"));
    }

    private static void guarded(HttpServerRequest request, Runnable work) {
        try {
            work.run();
        } catch (ApiError refusal) {
            answer(request, refusal.code(), refusal.status());
        } catch (RuntimeException bug) {
            log.error("The simulated API server failed on {} {}", request.method(), request.uri(), bug);
            answer(
                    request,
                    500,
                    ApiError.of(500, "InternalError", "Internal error occurred: " + bug)
                            .status());
        }
    }

    private static ApiCall call(HttpServerRequest request, Buffer body) {
        if (!request.path().startsWith("/api/") && !request.path().startsWith("/apis/")) {
            throw ApiError.noSuchPath();
        }
        return new ApiCall(
                ApiPath.parse(request.path()), request.method().name(), request.params(), request.headers(), body);
    }

    private void serve(HttpServerRequest request, Buffer body) {
        String method = request.method().name();
        var discovered = Discovery.answer(request.path());
        if (discovered.isPresent() && method.equals("GET")) {
            answer(request, 200, discovered.get());
            return;
        }
        if (AccessReviews.covers(request.path()) && method.equals("POST")) {
            answer(request, 201, AccessReviews.review(Fields.JSON.readTree(body.getBytes())));
            return;
        }
        ApiCall call = call(request, body);
        answer(request, method.equals("POST") ? 201 : 200, result(call));
    }

    private ObjectNode result(ApiCall call) {
        String subresource = call.path().subresource();
        if (!subresource.isEmpty() && !subresource.equals("status") && !subresource.equals("finalize")) {
            return subresources.handle(call);
        }
        boolean collection = call.path().collection();
        Resource resource = call.path().resource();
        if (resource.computed() && !call.method().equals("GET")) {
            throw notAllowed();
        }
        return switch (call.method()) {
            case "GET" -> collection ? reads.list(call) : reads.get(call);
            case "POST" -> collection ? shown(call, writes.create(call)) : refuse();
            case "PUT" -> collection ? refuse() : shown(call, writes.update(call));
            case "PATCH" -> collection ? refuse() : shown(call, writes.patch(call));
            case "DELETE" -> {
                Admission.checkDelete(resource, call.path().name());
                yield collection ? writes.deleteCollection(call) : writes.delete(call);
            }
            default -> throw notAllowed();
        };
    }

    private static ObjectNode shown(ApiCall call, ObjectNode written) {
        return Presentation.of(call).one(call, written);
    }

    private static ObjectNode refuse() {
        throw notAllowed();
    }

    private static ApiError notAllowed() {
        return ApiError.of(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    private static void answer(HttpServerRequest request, int code, JsonNode body) {
        var response = request.response();
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.setStatusCode(code).putHeader("Content-Type", "application/json");
        if (code == 429) {
            response.putHeader(
                    "Retry-After", Integer.toString(Fields.integer(body, 1, "details", "retryAfterSeconds")));
        }
        var _ = response.end(Buffer.buffer(Fields.JSON.writeValueAsBytes(body)));
    }
}
