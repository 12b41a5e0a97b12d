package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.nodeledger.provisioner.activity.NodeFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a Kubernetes node of ours must look like: labels, taints and identity that the contract promises. */
public final class NodeContract {
    /** Label that ties Kubernetes objects to a node of the platform. */
    public static final String NODE_ID_LABEL = "nodeledger.io/node-id";

    private NodeContract() {}

    /** All labels that the node must carry: the user's and the platform's own. */
    public static Map<String, String> labels(NodeFacts node) {
        var labels = new LinkedHashMap<>(node.labels());
        labels.put("node-type", "dedicated");
        labels.put("workspace", node.workspaceId());
        labels.put(NODE_ID_LABEL, node.nodeId());
        return labels;
    }

    /** The node's identity at its provider, absent while it has no machine id. */
    public static @Nullable String providerId(NodeFacts node) {
        var placement = node.placement();
        return placement == null ? null : "proxmox://" + node.region() + "/" + placement.vmId();
    }

    /**
     * The node's identity at its provider.
     *
     * @throws IllegalStateException when the node has no machine id yet
     */
    public static String requiredProviderId(NodeFacts node) {
        var providerId = providerId(node);
        if (providerId == null) {
            throw new IllegalStateException(node.nodeId() + " has no machine id yet");
        }
        return providerId;
    }

    /**
     * Brings a node to the contract. What others put on it stays.
     *
     * @param target changed in place
     * @return whether anything had to change
     */
    public static boolean apply(NodeFacts facts, Node target) {
        boolean changed = applyLabels(facts, target);
        changed |= applyTaints(facts, spec(target));
        changed |= applyProviderId(facts, spec(target));
        return changed;
    }

    /** The node's spec, which a node without any settings lacks. */
    public static NodeSpec spec(Node node) {
        var spec = node.getSpec();
        if (spec == null) {
            spec = new NodeSpec();
            node.setSpec(spec);
        }
        return spec;
    }

    private static boolean applyLabels(NodeFacts facts, Node target) {
        var present = target.getMetadata().getLabels();
        var merged = present == null ? new HashMap<String, String>() : new HashMap<>(present);
        facts.retired()
                .labels()
                .forEach((key, values) ->
                        merged.computeIfPresent(key, (_, value) -> values.contains(value) ? null : value));
        merged.putAll(labels(facts));
        if (merged.equals(present)) {
            return false;
        }
        target.getMetadata().setLabels(merged);
        return true;
    }

    private static boolean applyTaints(NodeFacts facts, NodeSpec spec) {
        List<Taint> present = spec.getTaints() == null ? List.of() : spec.getTaints();
        var merged = new ArrayList<>(present);
        merged.removeIf(taint -> facts.retired().taints().stream().anyMatch(retired -> isSame(taint, retired)));
        for (var wanted : facts.taints()) {
            if (merged.stream().noneMatch(taint -> isSame(taint, wanted))) {
                merged.removeIf(taint -> isSameKind(taint, wanted));
                merged.add(new TaintBuilder()
                        .withKey(wanted.key())
                        .withValue(wanted.value())
                        .withEffect(wanted.effect())
                        .build());
            }
        }
        if (merged.equals(present)) {
            return false;
        }
        spec.setTaints(merged);
        return true;
    }

    /** It can be set once only, so another one is left for {@link Ownership} to judge. */
    private static boolean applyProviderId(NodeFacts facts, NodeSpec spec) {
        var wanted = providerId(facts);
        if (wanted == null || isPresent(spec.getProviderID())) {
            return false;
        }
        spec.setProviderID(wanted);
        return true;
    }

    private static boolean isSame(Taint taint, io.nodeledger.events.node.Taint wanted) {
        return isSameKind(taint, wanted)
                && Objects.requireNonNullElse(taint.getValue(), "").equals(wanted.value());
    }

    private static boolean isSameKind(Taint taint, io.nodeledger.events.node.Taint wanted) {
        return wanted.key().equals(taint.getKey()) && wanted.effect().equals(taint.getEffect());
    }

    static boolean isPresent(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
