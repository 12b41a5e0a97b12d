package io.nodeledger.simulators.kubernetes.api;

import static io.nodeledger.simulators.kubernetes.object.Fields.object;

import io.nodeledger.simulators.kubernetes.object.Resource;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/**
 * The smallest OpenAPI 3 from which kubectl learns that the server validates fields itself; without it kubectl would
 * ask for the full schema before each apply.
 */
final class OpenApi {
    private OpenApi() {}

    static ObjectNode index() {
        ObjectNode index = object();
        ObjectNode paths = index.putObject("paths");
        Arrays.stream(Resource.values())
                .filter(Resource::served)
                .map(OpenApi::root)
                .distinct()
                .forEach(root -> paths.putObject(root).put("serverRelativeURL", "/openapi/v3/" + root + "?hash=1"));
        return index;
    }

    private static String root(Resource resource) {
        return (resource.group().isEmpty() ? "api/" : "apis/") + resource.apiVersion();
    }

    static ObjectNode document(String root) {
        ObjectNode document = object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", Discovery.KUBERNETES_VERSION);
        ObjectNode paths = document.putObject("paths");
        Arrays.stream(Resource.values())
                .filter(r -> r.served() && root(r).equals(root))
                .forEach(r -> describe(r, paths));
        document.putObject("components").putObject("schemas");
        return document;
    }

    private static void describe(Resource resource, ObjectNode paths) {
        String path = "/" + root(resource) + (resource.namespaced() ? "/namespaces/{namespace}/" : "/")
                + resource.plural() + "/{name}";
        ObjectNode patch = paths.putObject(path).putObject("patch");
        patch.putObject("x-kubernetes-group-version-kind")
                .put("group", resource.group())
                .put("version", resource.version())
                .put("kind", resource.kind());
        for (String name : new String[] {"dryRun", "fieldManager", "fieldValidation", "force"}) {
            patch.withArray("parameters").addObject().put("name", name).put("in", "query");
        }
        patch.putObject("responses");
    }
}
