package io.nodeledger.simulators.kubernetes.admission;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.ApiError.Cause;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The gate before the store: namespaces, defaults, what namespaces say of their pods, validation. The plugins
 * PodNodeSelector and PodTolerationRestriction are not on in every cluster.
 */
public final class Admission {
    private static final Set<String> PERMANENT = Set.of("default", "kube-system", "kube-public", "kube-node-lease");
    private final ObjectStore store;
    private final boolean directsPods;

    /** @param directsPods whether the plugins are on by which a namespace's annotations direct its pods to nodes */
    public Admission(ObjectStore store, boolean directsPods) {
        this.store = store;
        this.directsPods = directsPods;
    }

    public void create(Resource resource, ObjectNode object) {
        checkNamespace(resource, object);
        if (resource.statusSubresource() && resource != Resource.NODES) {
            object.remove("status");
        }
        Defaults.apply(resource, object);
        if (resource == Resource.PODS && directsPods) {
            ObjectNode namespace = namespaceOf(object);
            PodNodeSelector.admit(namespace, object);
            PodTolerationRestriction.admit(namespace, object);
        }
        Validation.check(resource, null, object);
    }

    public void update(Resource resource, ObjectNode before, ObjectNode after) {
        if (resource == Resource.SECRETS) {
            Defaults.stringData(after);
        }
        if (resource == Resource.SECRETS && text(after, "type").isEmpty()) {
            after.put("type", text(before, "type"));
        }
        if (resource == Resource.PODS && directsPods) {
            PodTolerationRestriction.check(namespaceOf(after), after);
        }
        Validation.check(resource, before, after);
    }

    public static void checkDelete(Resource resource, String name) {
        if (resource == Resource.NAMESPACES && PERMANENT.contains(name)) {
            throw ApiError.forbidden(resource, name, "this namespace may not be deleted", List.of());
        }
    }

    private ObjectNode namespaceOf(ObjectNode object) {
        return store.get(Resource.NAMESPACES, ObjectKey.cluster(Fields.namespace(object)));
    }

    private void checkNamespace(Resource resource, ObjectNode object) {
        if (!resource.namespaced()) {
            return;
        }
        String name = Fields.namespace(object);
        ObjectNode namespace = namespaceOf(object);
        if (text(namespace, "status", "phase").equals("Terminating")) {
            String why = "namespace " + name + " is being terminated";
            throw ApiError.forbidden(
                    resource,
                    Fields.name(object),
                    "unable to create new content in namespace " + name + " because it is being terminated",
                    List.of(new Cause("NamespaceTerminating", why, "metadata.namespace")));
        }
    }
}
