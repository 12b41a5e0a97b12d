package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.admission.Admission;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    ApiAnswer answer(ApiRequest request) {
        if (HEALTH.contains(request.path())) {
            return new ApiAnswer.Plain("ok");
        }
        if (!ANONYMOUS.contains(request.path())
                && !("Bearer " + token).equals(request.headers().get("Authorization"))) {
            return ApiAnswer.refused(ApiError.of(401, "Unauthorized", "Unauthorized"));
        }
        try {
            return request.watch() ? watches.prepare(call(request)) : serve(request);
        } catch (ApiError refusal) {
            return ApiAnswer.refused(refusal);
        } catch (RuntimeException bug) {
            log.error("The simulated API server failed on {} {}", request.method(), request.path(), bug);
            return ApiAnswer.refused(ApiError.of(500, "InternalError", "Internal error occurred: " + bug));
        }
    }

    private static ApiCall call(ApiRequest request) {
        return new ApiCall(request.resource().orElseThrow(ApiError::noSuchPath), request);
    }

    private ApiAnswer serve(ApiRequest request) {
        var discovered = Discovery.answer(request.path());
        if (discovered.isPresent() && request.method().equals("GET")) {
            return new ApiAnswer.Json(200, discovered.get());
        }
        boolean post = request.method().equals("POST");
        if (AccessReviews.covers(request.path()) && post) {
            return new ApiAnswer.Json(
                    201,
                    AccessReviews.review(Fields.JSON.readTree(request.content().getBytes())));
        }
        return new ApiAnswer.Json(post ? 201 : 200, result(call(request)));
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
}
