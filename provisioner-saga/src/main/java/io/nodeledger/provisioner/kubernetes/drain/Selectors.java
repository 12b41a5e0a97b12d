package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Matching of labels, for pods and for nodes (source: Kubernetes, "Labels and Selectors"). */
public final class Selectors {
    private Selectors() {}

    /** Whether a selector covers these labels. An empty selector covers everything, an absent one nothing. */
    public static boolean covers(@Nullable LabelSelector selector, Map<String, String> labels) {
        return selector != null
                && contains(labels, selector.getMatchLabels())
                && selector.getMatchExpressions().stream()
                        .allMatch(rule -> holds(labels, rule.getKey(), rule.getOperator(), rule.getValues()));
    }

    /** Whether the pod's node selector and required node affinity admit the node. */
    static boolean admits(PodSpec pod, Node node) {
        var labels = Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of());
        return contains(labels, pod.getNodeSelector()) && affinityAdmits(pod.getAffinity(), node, labels);
    }

    private static boolean affinityAdmits(@Nullable Affinity affinity, Node node, Map<String, String> labels) {
        var nodeAffinity = affinity == null ? null : affinity.getNodeAffinity();
        var required = nodeAffinity == null ? null : nodeAffinity.getRequiredDuringSchedulingIgnoredDuringExecution();
        return required == null || required.getNodeSelectorTerms().stream().anyMatch(term -> holds(term, node, labels));
    }

    private static boolean holds(NodeSelectorTerm term, Node node, Map<String, String> labels) {
        var fields = Map.of("metadata.name", node.getMetadata().getName());
        return all(term.getMatchExpressions(), labels) && all(term.getMatchFields(), fields);
    }

    private static boolean all(List<NodeSelectorRequirement> rules, Map<String, String> values) {
        return rules.stream().allMatch(rule -> holds(values, rule.getKey(), rule.getOperator(), rule.getValues()));
    }

    private static boolean contains(Map<String, String> labels, @Nullable Map<String, String> wanted) {
        return wanted == null || labels.entrySet().containsAll(wanted.entrySet());
    }

    private static boolean holds(Map<String, String> labels, String key, String operator, List<String> values) {
        var value = labels.get(key);
        return switch (operator) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && Long.parseLong(value) > Long.parseLong(values.getFirst());
            case "Lt" -> value != null && Long.parseLong(value) < Long.parseLong(values.getFirst());
            default -> throw new IllegalArgumentException("Unknown selector operator " + operator);
        };
    }
}
