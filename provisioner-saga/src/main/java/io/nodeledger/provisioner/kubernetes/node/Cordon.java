package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.Node;
import java.util.HashMap;
import java.util.Objects;

/**
 * Marks a node as closed to new pods and opens it again. The platform's own cordon is annotated, so that one a person
 * had set before survives an operation that is undone.
 */
public final class Cordon {
    /** Annotation on a node that the platform cordoned. */
    public static final String ANNOTATION = "nodeledger.io/cordoned";

    private Cordon() {}

    /**
     * Annotation with the boot that the machine was in when it was cordoned. What the cluster says of a machine that was
     * powered off is believed only once it tells of another boot: until a lease runs out, a dead kubelet looks Ready.
     */
    private static final String BOOT = "nodeledger.io/boot-when-cordoned";

    /** Closes the node; says whether anything had to change. */
    public static boolean close(Node node) {
        boolean changed = annotate(node, BOOT, bootOf(node));
        var spec = NodeContract.spec(node);
        if (Boolean.TRUE.equals(spec.getUnschedulable())) {
            return changed;
        }
        spec.setUnschedulable(true);
        annotate(node, ANNOTATION, "true");
        return true;
    }

    /** Opens the node if the platform had closed it; says whether anything had to change. */
    public static boolean open(Node node) {
        boolean changed = annotate(node, BOOT, "");
        if (annotation(node, ANNOTATION).isEmpty()) {
            return changed;
        }
        annotate(node, ANNOTATION, "");
        NodeContract.spec(node).setUnschedulable(false);
        return true;
    }

    /** Whether what the cluster says is of the boot that the node was in before it was cordoned. */
    public static boolean isOfEarlierBoot(Node node) {
        String before = annotation(node, BOOT);
        return !before.isEmpty() && before.equals(bootOf(node));
    }

    private static String bootOf(Node node) {
        var status = node.getStatus();
        var system = status == null ? null : status.getNodeInfo();
        return system == null ? "" : Objects.requireNonNullElse(system.getBootID(), "");
    }

    private static String annotation(Node node, String key) {
        var present = node.getMetadata().getAnnotations();
        return present == null ? "" : Objects.requireNonNullElse(present.get(key), "");
    }

    /** Sets the annotation, or takes it away when the value is empty. */
    private static boolean annotate(Node node, String key, String value) {
        if (annotation(node, key).equals(value)) {
            return false;
        }
        var present = node.getMetadata().getAnnotations();
        var annotations = present == null ? new HashMap<String, String>() : new HashMap<>(present);
        if (value.isEmpty()) {
            annotations.remove(key);
        } else {
            annotations.put(key, value);
        }
        node.getMetadata().setAnnotations(annotations);
        return true;
    }
}
