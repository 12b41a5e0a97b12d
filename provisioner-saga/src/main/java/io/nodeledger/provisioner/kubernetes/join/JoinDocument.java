package io.nodeledger.provisioner.kubernetes.join;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.nodeledger.events.node.Taint;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Renders the cloud-init user-data that makes a machine join by kubeadm. */
final class JoinDocument {
    private static final String JOIN_FILE = "/etc/kubernetes/join.yaml";

    private JoinDocument() {}

    static String render(NodeFacts node, ClusterTrust trust, BootstrapToken token) {
        var document = new LinkedHashMap<String, Object>();
        document.put("hostname", node.nodeId());
        document.put("fqdn", node.hostname());
        document.put(
                "write_files",
                List.of(ordered(
                        "path",
                        JOIN_FILE,
                        "owner",
                        "root:root",
                        "permissions",
                        "0600",
                        "content",
                        yaml(joinConfiguration(node, trust, token)))));
        document.put("runcmd", List.of(List.of("kubeadm", "join", "--config", JOIN_FILE)));
        return "#cloud-config\n" + yaml(document);
    }

    private static Map<String, Object> joinConfiguration(NodeFacts node, ClusterTrust trust, BootstrapToken token) {
        return ordered(
                "apiVersion",
                "kubeadm.k8s.io/v1beta4",
                "kind",
                "JoinConfiguration",
                "discovery",
                ordered(
                        "bootstrapToken",
                        ordered(
                                "apiServerEndpoint", trust.endpoint(),
                                "token", token.text(),
                                "caCertHashes", trust.caCertHashes())),
                "nodeRegistration",
                ordered(
                        "name", node.kubernetesName(),
                        "taints",
                                node.taints().stream().map(JoinDocument::taint).toList(),
                        "kubeletExtraArgs", kubeletArguments(node)));
    }

    private static List<Map<String, Object>> kubeletArguments(NodeFacts node) {
        var labels = NodeContract.labels(node).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        return List.of(
                ordered("name", "node-labels", "value", labels),
                ordered("name", "provider-id", "value", NodeContract.requiredProviderId(node)));
    }

    private static Map<String, Object> taint(Taint taint) {
        return ordered("key", taint.key(), "value", taint.value(), "effect", taint.effect());
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int at = 0; at < keysAndValues.length; at += 2) {
            map.put((String) keysAndValues[at], keysAndValues[at + 1]);
        }
        return map;
    }

    private static String yaml(Map<String, Object> content) {
        var text = Serialization.asYaml(content);
        return text.startsWith("---\n") ? text.substring("---\n".length()) : text;
    }
}
