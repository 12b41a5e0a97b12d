package io.nodeledger.simulators.kubernetes.api;

import static io.nodeledger.simulators.kubernetes.object.Fields.object;

import io.nodeledger.simulators.kubernetes.object.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server tells about itself: versions, groups, resources, and just enough OpenAPI for kubectl. */
final class Discovery {
    static final String KUBERNETES_VERSION = "v1.36.1";
    private static final Map<Resource, List<String>> SUBRESOURCES = Map.of(
            Resource.PODS, List.of("status", "eviction", "binding"),
            Resource.DEPLOYMENTS, List.of("status", "scale"),
            Resource.REPLICA_SETS, List.of("status", "scale"),
            Resource.STATEFUL_SETS, List.of("status", "scale"));

    private Discovery() {}

    static Optional<ObjectNode> answer(String path) {
        String clean = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return switch (clean) {
            case "/version" -> Optional.of(version());
            case "/api" -> Optional.of(coreVersions());
            case "/apis" -> Optional.of(groups());
            case "/openapi/v3" -> Optional.of(OpenApi.index());
            default -> listed(clean);
        };
    }

    private static Optional<ObjectNode> listed(String path) {
        String[] parts = path.substring(1).split("/", -1);
        if (parts[0].equals("openapi") && parts.length > 2 && parts[1].equals("v3")) {
            return Optional.of(OpenApi.document(path.substring("/openapi/v3/".length())));
        }
        if (parts[0].equals("api") && parts.length == 2) {
            return resources("", parts[1]);
        }
        if (parts[0].equals("apis") && parts.length == 2) {
            return group(parts[1]);
        }
        if (parts[0].equals("apis") && parts.length == 3) {
            return resources(parts[1], parts[2]);
        }
        return Optional.empty();
    }

    private static ObjectNode version() {
        return object().put("major", "1")
                .put("minor", "36")
                .put("gitVersion", KUBERNETES_VERSION)
                .put("gitCommit", "simulated")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "none")
                .put("platform", "linux/amd64");
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private static ObjectNode groups() {
        ObjectNode list = object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        names().forEach(name -> groups.add(groupOf(name)));
        return list;
    }

    private static List<String> names() {
        return Arrays.stream(Resource.values())
                .filter(Resource::served)
                .map(Resource::group)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<ObjectNode> group(String name) {
        return names().contains(name)
                ? Optional.of(groupOf(name).put("kind", "APIGroup").put("apiVersion", "v1"))
                : Optional.empty();
    }

    private static ObjectNode groupOf(String name) {
        String version = Arrays.stream(Resource.values())
                .filter(r -> r.group().equals(name))
                .map(Resource::version)
                .findFirst()
                .orElse("v1");
        ObjectNode group = object().put("name", name);
        group.putArray("versions")
                .addObject()
                .put("groupVersion", name + "/" + version)
                .put("version", version);
        group.putObject("preferredVersion")
                .put("groupVersion", name + "/" + version)
                .put("version", version);
        return group;
    }

    private static Optional<ObjectNode> resources(String group, String version) {
        List<Resource> found = Arrays.stream(Resource.values())
                .filter(Resource::served)
                .filter(r -> r.group().equals(group) && r.version().equals(version))
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode list = object().put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", found.getFirst().apiVersion());
        ArrayNode entries = list.putArray("resources");
        for (Resource resource : found) {
            describe(resource, entries.addObject());
            List<String> all =
                    SUBRESOURCES.getOrDefault(resource, resource.statusSubresource() ? List.of("status") : List.of());
            all.forEach(sub -> subresource(resource, sub, entries.addObject()));
        }
        return Optional.of(list);
    }

    private static void describe(Resource resource, ObjectNode entry) {
        entry.put("name", resource.plural())
                .put("singularName", resource.singular())
                .put("namespaced", resource.namespaced())
                .put("kind", resource.kind());
        ArrayNode verbs = entry.putArray("verbs").add("get").add("list");
        if (!resource.computed()) {
            List.of("create", "delete", "deletecollection", "patch", "update", "watch")
                    .forEach(verbs::add);
        }
        if (!resource.shortNames().isEmpty()) {
            ArrayNode shortNames = entry.putArray("shortNames");
            resource.shortNames().forEach(shortNames::add);
        }
        if (List.of(
                        Resource.PODS,
                        Resource.SERVICES,
                        Resource.DEPLOYMENTS,
                        Resource.REPLICA_SETS,
                        Resource.STATEFUL_SETS,
                        Resource.DAEMON_SETS,
                        Resource.JOBS)
                .contains(resource)) {
            entry.putArray("categories").add("all");
        }
    }

    private static void subresource(Resource resource, String name, ObjectNode entry) {
        entry.put("name", resource.plural() + "/" + name)
                .put("singularName", "")
                .put("namespaced", resource.namespaced());
        ArrayNode verbs = entry.putArray("verbs");
        switch (name) {
            case "eviction" -> {
                entry.put("kind", "Eviction").put("group", "policy").put("version", "v1");
                verbs.add("create");
            }
            case "binding" -> {
                entry.put("kind", "Binding");
                verbs.add("create");
            }
            case "scale" -> {
                entry.put("kind", "Scale").put("group", "autoscaling").put("version", "v1");
                verbs.add("get").add("patch").add("update");
            }
            default -> {
                entry.put("kind", resource.kind());
                verbs.add("get").add("patch").add("update");
            }
        }
    }
}
