package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a resource path addresses.
 *
 * @param namespace empty for cluster-wide requests
 * @param name empty for collections
 * @param subresource empty for the object itself
 */
public record ApiPath(Resource resource, String namespace, String name, String subresource) {

    /** Empty for a path that is no served resource's. */
    static Optional<ApiPath> find(String path) {
        if (!path.startsWith("/api/") && !path.startsWith("/apis/")) {
            return Optional.empty();
        }
        List<String> parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(ApiPath::decoded)
                .toList();
        boolean core = parts.getFirst().equals("api");
        int start = core ? 2 : 3;
        if (parts.size() <= start) {
            return Optional.empty();
        }
        String group = core ? "" : parts.get(1);
        return resource(group, parts.get(start - 1), parts.subList(start, parts.size()));
    }

    private static Optional<ApiPath> resource(String group, String version, List<String> rest) {
        boolean inNamespace = rest.getFirst().equals("namespaces")
                && rest.size() > 2
                && Resource.find(group, version, rest.get(2)).isPresent();
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> tail = inNamespace ? rest.subList(2, rest.size()) : rest;
        return Resource.find(group, version, tail.getFirst())
                .filter(resource -> tail.size() <= 3
                        && (resource.namespaced() ? !namespace.isEmpty() || tail.size() == 1 : !inNamespace))
                .map(resource -> new ApiPath(
                        resource, namespace, tail.size() > 1 ? tail.get(1) : "", tail.size() > 2 ? tail.get(2) : ""));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return part;
        }
    }

    public boolean collection() {
        return name.isEmpty();
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name);
    }
}
