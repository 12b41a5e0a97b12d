package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.Node;
import java.util.HashMap;

/**
 * Marks a node as closed to new pods and opens it again. The platform's own cordon is annotated, so that one a person
 * had set before survives an operation that is undone.
 */
public final class Cordon {
    /** Annotation on a node that the platform cordoned. */
    public static final String ANNOTATION = "nodeledger.io/cordoned";

    private Cordon() {}

    /** Closes the node; says whether it was open. */
    public static boolean close(Node node) {
        var spec = NodeContract.spec(node);
        if (Boolean.TRUE.equals(spec.getUnschedulable())) {
            return false;
        }
        spec.setUnschedulable(true);
        var present = node.getMetadata().getAnnotations();
        var annotations = present == null ? new HashMap<String, String>() : new HashMap<>(present);
        annotations.put(ANNOTATION, "true");
        node.getMetadata().setAnnotations(annotations);
        return true;
    }

    /** Opens the node if the platform had closed it; says whether it did. */
    public static boolean open(Node node) {
        var present = node.getMetadata().getAnnotations();
        if (present == null || !present.containsKey(ANNOTATION)) {
            return false;
        }
        var annotations = new HashMap<>(present);
        annotations.remove(ANNOTATION);
        node.getMetadata().setAnnotations(annotations);
        NodeContract.spec(node).setUnschedulable(false);
        return true;
    }
}
