package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a resource path addresses.
 *
 * @param namespace empty for cluster-wide requests
 * @param name empty for collections
 * @param subresource empty for the object itself
 */
record ApiPath(Resource resource, String namespace, String name, String subresource) {

    static ApiPath parse(String path) {
        List<String> parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
        boolean core = parts.getFirst().equals("api");
        int start = core ? 2 : 3;
        if (parts.size() <= start) {
            throw ApiError.noSuchPath();
        }
        String group = core ? "" : parts.get(1);
        return resource(group, parts.get(start - 1), parts.subList(start, parts.size()));
    }

    private static ApiPath resource(String group, String version, List<String> rest) {
        boolean inNamespace = rest.getFirst().equals("namespaces")
                && rest.size() > 2
                && Resource.find(group, version, rest.get(2)).isPresent();
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> tail = inNamespace ? rest.subList(2, rest.size()) : rest;
        Resource resource = Resource.find(group, version, tail.getFirst()).orElseThrow(ApiError::noSuchPath);
        if (tail.size() > 3 || (resource.namespaced() ? namespace.isEmpty() && tail.size() > 1 : inNamespace)) {
            throw ApiError.noSuchPath();
        }
        return new ApiPath(resource, namespace, tail.size() > 1 ? tail.get(1) : "", tail.size() > 2 ? tail.get(2) : "");
    }

    boolean collection() {
        return name.isEmpty();
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name);
    }
}
