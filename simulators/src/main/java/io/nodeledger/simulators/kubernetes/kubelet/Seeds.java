package io.nodeledger.simulators.kubernetes.kubelet;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.flag;
import static io.nodeledger.simulators.kubernetes.object.Fields.strings;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.kubelet.JoinRequest.Distribution;
import io.nodeledger.simulators.kubernetes.object.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Finds out from a machine's user-data how it would join: a kubeadm JoinConfiguration or a k3s agent's config. */
final class Seeds {
    private Seeds() {}

    /** @param machineName the host name unless the seed names another */
    static Optional<JoinRequest> read(@Nullable String userData, String machineName) {
        return CloudConfig.parse(userData).flatMap(config -> {
            String host = config.hostname().isEmpty() ? machineName : config.hostname();
            return kubeadm(config, host).or(() -> k3s(config, host));
        });
    }

    private static Optional<JoinRequest> kubeadm(CloudConfig config, String host) {
        for (var file : config.files().entrySet()) {
            boolean run = config.commands().stream()
                    .anyMatch(c -> c.contains("kubeadm") && c.contains("join") && c.contains(file.getKey()));
            if (!run) {
                continue;
            }
            for (JsonNode document : CloudConfig.documents(file.getValue())) {
                if (text(document, "kind").equals("JoinConfiguration")
                        && text(document, "apiVersion").startsWith("kubeadm.k8s.io/")) {
                    return Optional.of(kubeadm(document, host));
                }
            }
        }
        return Optional.empty();
    }

    private static JoinRequest kubeadm(JsonNode join, String host) {
        JsonNode discovery = Fields.at(join, "discovery", "bootstrapToken");
        JsonNode node = join.path("nodeRegistration");
        Map<String, String> arguments = arguments(node.path("kubeletExtraArgs"));
        ArrayNode taints = taints(arguments.getOrDefault("register-with-taints", ""));
        each(node, "taints").forEach(taints::add);
        String name = text(node, "name");
        return new JoinRequest(
                Distribution.KUBEADM,
                text(discovery, "token"),
                text(discovery, "apiServerEndpoint"),
                each(discovery, "caCertHashes").map(Fields::text).toList(),
                flag(discovery, "unsafeSkipCAVerification"),
                new NodeRegistration(
                        name.isEmpty() ? host : name,
                        labels(arguments.getOrDefault("node-labels", "")),
                        taints,
                        arguments.getOrDefault("provider-id", "")));
    }

    /** A list of name and value (v1beta4) or a map (v1beta3). */
    private static Map<String, String> arguments(JsonNode extra) {
        Map<String, String> arguments = new LinkedHashMap<>(strings(extra));
        each(extra).forEach(a -> arguments.put(text(a, "name"), text(a, "value")));
        return arguments;
    }

    private static Optional<JoinRequest> k3s(CloudConfig config, String host) {
        boolean run = config.commands().stream().anyMatch(c -> c.contains("k3s"));
        return config.files().entrySet().stream()
                .filter(file ->
                        run && file.getKey().contains("k3s") && file.getKey().endsWith(".yaml"))
                .flatMap(file -> CloudConfig.documents(file.getValue()).stream())
                .filter(document -> !text(document, "server").isEmpty())
                .map(document -> k3s(document, host))
                .findFirst();
    }

    private static JoinRequest k3s(JsonNode agent, String host) {
        String token = text(agent, "token");
        int secret = token.indexOf("::");
        List<String> hashes =
                token.startsWith("K10") && secret > 0 ? List.of("sha256:" + token.substring(3, secret)) : List.of();
        Map<String, String> arguments = new LinkedHashMap<>();
        values(agent.path("kubelet-arg")).forEach(a -> split(a, arguments));
        String name = text(agent, "node-name");
        return new JoinRequest(
                Distribution.K3S,
                secret > 0 ? token.substring(secret + 2) : token,
                text(agent, "server").replaceFirst("^https://", "").replaceFirst("/$", ""),
                hashes,
                hashes.isEmpty(),
                new NodeRegistration(
                        name.isEmpty() ? host : name,
                        labels(String.join(",", values(agent.path("node-label")))),
                        taints(String.join(",", values(agent.path("node-taint")))),
                        arguments.getOrDefault("provider-id", "")));
    }

    private static List<String> values(JsonNode node) {
        return node.isArray()
                ? each(node).map(Fields::text).toList()
                : text(node).isEmpty() ? List.of() : List.of(text(node));
    }

    private static void split(String assignment, Map<String, String> into) {
        int equal = assignment.indexOf('=');
        if (equal > 0) {
            into.put(
                    assignment.substring(0, equal).strip(),
                    assignment.substring(equal + 1).strip());
        }
    }

    private static Map<String, String> labels(String list) {
        Map<String, String> labels = new LinkedHashMap<>();
        parts(list).forEach(part -> split(part, labels));
        return labels;
    }

    /** {@code key=value:Effect}, the value optional. */
    private static ArrayNode taints(String list) {
        ArrayNode taints = Fields.array();
        for (String part : parts(list)) {
            int effect = part.lastIndexOf(':');
            if (effect > 0) {
                int equal = part.indexOf('=');
                boolean valued = equal > 0 && equal < effect;
                var taint = taints.addObject().put("key", part.substring(0, valued ? equal : effect));
                if (valued) {
                    taint.put("value", part.substring(equal + 1, effect));
                }
                taint.put("effect", part.substring(effect + 1));
            }
        }
        return taints;
    }

    private static List<String> parts(String list) {
        List<String> parts = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }
}
