package io.nodeledger.provisioner.observation;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node of the platform as its cluster describes it.
 *
 * @param conditions JSON, in the shape of the API
 * @param system JSON, in the shape of the API
 * @param bootId another one after each boot of its operating system
 */
record SeenNode(
        String nodeId,
        String kubernetesName,
        String uid,
        boolean ready,
        boolean schedulable,
        String conditions,
        String system,
        String bootId) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The platform's node that an object stands for; an object of another name only wears its label. */
    static Optional<SeenNode> of(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        String nodeId = labels == null ? null : labels.get(NodeContract.NODE_ID_LABEL);
        String name = node.getMetadata().getName();
        if (nodeId == null || !name.equals(nodeId + "-k8s")) {
            return Optional.empty();
        }
        var status = node.getStatus();
        var system = status == null ? null : status.getNodeInfo();
        return Optional.of(new SeenNode(
                nodeId,
                name,
                node.getMetadata().getUid(),
                Readiness.of(node) == Readiness.READY,
                node.getSpec() == null || !Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
                JSON.writeValueAsString(conditions(status == null ? null : status.getConditions())),
                JSON.writeValueAsString(
                        system == null
                                ? Map.of()
                                : ordered(
                                        "kernel_version", system.getKernelVersion(),
                                        "os_image", system.getOsImage(),
                                        "container_runtime", system.getContainerRuntimeVersion(),
                                        "kubelet_version", system.getKubeletVersion())),
                system == null ? "" : Objects.requireNonNullElse(system.getBootID(), "")));
    }

    /** When the object was made, which a kubelet does when it registers. */
    static Instant registeredAt(Node node) {
        return Instant.parse(node.getMetadata().getCreationTimestamp());
    }

    private static List<Map<String, String>> conditions(@Nullable List<NodeCondition> conditions) {
        return conditions == null
                ? List.of()
                : conditions.stream()
                        .map(condition -> ordered(
                                "type", condition.getType(),
                                "status", condition.getStatus(),
                                "last_transition", condition.getLastTransitionTime()))
                        .toList();
    }

    private static Map<String, String> ordered(@Nullable String... namesAndValues) {
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = Objects.requireNonNull(namesAndValues[i]);
            String value = namesAndValues[i + 1];
            if (value != null) {
                fields.put(name, value);
            }
        }
        return fields;
    }
}
