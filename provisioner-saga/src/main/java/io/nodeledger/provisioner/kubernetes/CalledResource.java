package io.nodeledger.provisioner.kubernetes;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a call asks for: its method and the kind of resource, of which there are few, whatever objects it is about. */
final class CalledResource {
    private static final Pattern PATH =
            Pattern.compile("/(?:api/[^/]+|apis/[^/]+/[^/]+)/(?:namespaces/[^/]+/)?([a-z]+)(?:/[^/]+(?:/([a-z]+))?)?");
    private static final Set<String> RESOURCES = Set.of(
            "nodes",
            "pods",
            "leases",
            "events",
            "secrets",
            "configmaps",
            "namespaces",
            "deployments",
            "statefulsets",
            "daemonsets",
            "replicasets",
            "jobs",
            "poddisruptionbudgets");
    private static final Set<String> PARTS = Set.of("eviction", "status");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private CalledResource() {}

    /** As {@code get_nodes} or {@code post_pods_eviction}. */
    static String of(String method, URI address) {
        String verb = method.toLowerCase(Locale.ROOT);
        Matcher path = PATH.matcher(address.getPath());
        String resource = path.matches() && RESOURCES.contains(path.group(1)) ? path.group(1) : "other";
        String part =
                path.matches() && path.group(2) != null && PARTS.contains(path.group(2)) ? "_" + path.group(2) : "";
        return (METHODS.contains(verb) ? verb : "other") + "_" + resource + part;
    }
}
