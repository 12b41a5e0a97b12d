package io.nodeledger.simulators.kubernetes.fault;

import io.nodeledger.simulators.kubernetes.api.ApiPath;
import io.nodeledger.simulators.kubernetes.api.ApiRequest;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import java.util.List;
import java.util.Optional;

/** The refusal of a request that no role allows, in the words of the RBAC authorizer. */
final class Denial {
    private static final String USER = "User \"kubernetes-admin\" cannot ";

    private Denial() {}

    static ApiError of(ApiRequest request) {
        Optional<ApiPath> resource = request.resource();
        if (resource.isEmpty()) {
            String verb = request.method().equals("GET") ? "get" : "post";
            return ApiError.of(403, "Forbidden", "forbidden: " + USER + verb + " path \"" + request.path() + "\"");
        }
        ApiPath path = resource.get();
        String plural = path.resource().plural() + (path.subresource().isEmpty() ? "" : "/" + path.subresource());
        String scope =
                path.namespace().isEmpty() ? "at the cluster scope" : "in the namespace \"" + path.namespace() + "\"";
        return ApiError.forbidden(
                path.resource(),
                path.name(),
                USER + verb(request, path) + " resource \"" + plural + "\" in API group \""
                        + path.resource().group() + "\" " + scope,
                List.of());
    }

    private static String verb(ApiRequest request, ApiPath path) {
        return switch (request.method()) {
            case "GET" -> request.watch() ? "watch" : path.collection() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> path.collection() ? "deletecollection" : "delete";
            default -> "patch";
        };
    }
}
