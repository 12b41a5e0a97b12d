package io.nodeledger.provisioner.kubernetes.pod;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a pod is a part of: the controller that keeps it, or else what its labels call it.
 *
 * @param id {@code namespace/name}
 * @param name of the Deployment, StatefulSet or Job; else the label {@code app.kubernetes.io/name} or {@code app}, and
 *     for a pod without either its own name
 */
public record Application(String id, String name) {
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String TEMPLATE_HASH = "pod-template-hash";
    private static final Set<String> OF_THE_NODE = Set.of("DaemonSet", "Node");
    private static final List<String> NAMING = List.of("app.kubernetes.io/name", "app");

    /** The pod's application; none for what runs for the node's own sake, a DaemonSet's pod or the kubelet's own. */
    static Optional<Application> of(Pod pod) {
        var metadata = pod.getMetadata();
        var controller = metadata.getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
        if (isMirror(metadata)
                || controller
                        .map(OwnerReference::getKind)
                        .filter(OF_THE_NODE::contains)
                        .isPresent()) {
            return Optional.empty();
        }
        var labels = Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of());
        String name = controller.map(owner -> kept(owner, labels)).orElseGet(() -> called(labels, metadata.getName()));
        return Optional.of(new Application(metadata.getNamespace() + "/" + name, name));
    }

    private static boolean isMirror(ObjectMeta metadata) {
        return metadata.getAnnotations() != null && metadata.getAnnotations().containsKey(MIRROR);
    }

    /** A Deployment names its ReplicaSets after itself and the hash of their template, which their pods wear. */
    private static String kept(OwnerReference controller, Map<String, String> labels) {
        String name = controller.getName();
        String hash = labels.get(TEMPLATE_HASH);
        if (hash == null || !"ReplicaSet".equals(controller.getKind()) || !name.endsWith("-" + hash)) {
            return name;
        }
        return name.substring(0, name.length() - hash.length() - 1);
    }

    private static String called(Map<String, String> labels, String otherwise) {
        return NAMING.stream()
                .map(labels::get)
                .filter(Objects::nonNull)
                .filter(label -> !label.isEmpty())
                .findFirst()
                .orElse(otherwise);
    }
}
