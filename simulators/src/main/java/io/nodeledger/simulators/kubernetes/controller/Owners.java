package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.flag;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.admission.Admission;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.Deletion;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What all workload controllers do: find, make and delete the objects that they own. */
final class Owners {
    private final ObjectStore store;
    private final Admission admission;
    private final Deletion deletion;
    private final EventRecorder events;

    Owners(ObjectStore store, Admission admission, EventRecorder events) {
        this.store = store;
        this.admission = admission;
        this.deletion = new Deletion(store);
        this.events = events;
    }

    /** The uid of an object's controller, empty when it has none. */
    static String controller(JsonNode object) {
        return each(object, "metadata", "ownerReferences")
                .filter(o -> flag(o, "controller"))
                .map(o -> text(o, "uid"))
                .findFirst()
                .orElse("");
    }

    List<ObjectNode> owned(Resource resource, JsonNode owner) {
        String uid = Fields.uid(owner);
        return store.list(resource).stream()
                .filter(o -> controller(o).equals(uid))
                .toList();
    }

    /** Pods that are neither finished nor about to go. */
    List<ObjectNode> activePods(JsonNode owner) {
        return owned(Resource.PODS, owner).stream()
                .filter(p -> !Fields.terminating(p) && !finished(p))
                .toList();
    }

    static boolean finished(JsonNode pod) {
        String phase = text(pod, "status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** A pod from the owner's template, not stored yet; without a name it gets a generated one. */
    static ObjectNode podOf(ObjectNode owner, String name) {
        JsonNode template = Fields.at(owner, "spec", "template");
        ObjectNode pod = Fields.object();
        ObjectNode metadata = Fields.child(pod, "metadata");
        if (template.path("metadata") instanceof ObjectNode given) {
            metadata.setAll(given.deepCopy());
        }
        metadata.put("namespace", Fields.namespace(owner));
        if (name.isEmpty()) {
            metadata.put("generateName", Fields.name(owner) + "-");
        } else {
            metadata.put("name", name);
        }
        pod.set("spec", template.path("spec").deepCopy());
        return pod;
    }

    static void own(ObjectNode owned, ObjectNode owner) {
        Fields.child(owned, "metadata")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", text(owner, "apiVersion"))
                .put("kind", text(owner, "kind"))
                .put("name", Fields.name(owner))
                .put("uid", Fields.uid(owner))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    /** Stores an owned object as the API would; a refusal (a namespace on its way out) becomes an event. */
    void create(Resource resource, ObjectNode object, ObjectNode owner) {
        own(object, owner);
        try {
            store.exclusively(() -> {
                ObjectNode prepared = store.prepared(resource, object);
                admission.create(resource, prepared);
                return store.create(resource, prepared);
            });
            if (resource == Resource.PODS) {
                events.normal(component(owner), owner, "SuccessfulCreate", "Created a pod from the template");
            }
        } catch (ApiError refused) {
            events.warning(component(owner), owner, "FailedCreate", "Error creating: " + refused.getMessage());
        }
    }

    void delete(Resource resource, ObjectNode object) {
        if (!Fields.terminating(object)) {
            deletion.delete(resource, ObjectKey.of(object), Fields.object());
        }
    }

    /** Deletes so many pods as the ReplicaSet controller chooses: unplaced and unready first, then the youngest. */
    void deleteSurplus(List<ObjectNode> pods, int surplus) {
        pods.stream()
                .sorted(Comparator.comparing(
                                (ObjectNode p) -> !text(p, "spec", "nodeName").isEmpty())
                        .thenComparing(Fields::ready)
                        .thenComparing(
                                (ObjectNode p) -> text(p, "metadata", "creationTimestamp"), Comparator.reverseOrder()))
                .limit(surplus)
                .forEach(pod -> delete(Resource.PODS, pod));
    }

    void status(Resource resource, ObjectNode object, java.util.function.Consumer<ObjectNode> fill) {
        store.updateIfPresent(resource, ObjectKey.of(object), next -> fill.accept(Fields.child(next, "status")));
    }

    ObjectStore store() {
        return store;
    }

    private static String component(JsonNode owner) {
        return text(owner, "kind").toLowerCase(java.util.Locale.ROOT) + "-controller";
    }
}
