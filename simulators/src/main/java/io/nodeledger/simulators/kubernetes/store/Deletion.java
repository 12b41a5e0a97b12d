package io.nodeledger.simulators.kubernetes.store;

import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.present;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes as the API server does: a bound pod only gets a deletion time and waits for its kubelet, an object with
 * finalizers waits for them, all else goes at once.
 */
public final class Deletion {
    private final ObjectStore store;

    public Deletion(ObjectStore store) {
        this.store = store;
    }

    /**
     * Deletes an object, or begins to.
     *
     * @param options a {@code DeleteOptions} body: gracePeriodSeconds, preconditions, propagationPolicy, dryRun
     * @return the object as it was removed, or as it waits for its removal
     */
    public ObjectNode delete(Resource resource, ObjectKey key, JsonNode options) {
        return store.exclusively(() -> {
            ObjectNode current = store.get(resource, key);
            checkPreconditions(resource, current, options);
            ObjectNode next = current.deepCopy();
            ObjectNode metadata = Fields.child(next, "metadata");
            int grace = grace(resource, current, options);
            if ("Orphan".equals(text(options, "propagationPolicy"))) {
                addFinalizer(metadata, "orphan");
            }
            if (resource == Resource.NAMESPACES
                    && Fields.at(current, "spec", "finalizers").size() > 0) {
                return namespace(current, next);
            }
            boolean waits =
                    grace > 0 || !Fields.at(next, "metadata", "finalizers").isEmpty();
            if (present(options, "dryRun") && !Fields.at(options, "dryRun").isEmpty()) {
                return next;
            }
            if (!waits) {
                store.remove(resource, key);
                return current;
            }
            if (!Fields.terminating(current) || grace < integer(current, 0, "metadata", "deletionGracePeriodSeconds")) {
                metadata.put("deletionTimestamp", Times.seconds(Instant.now().plusSeconds(grace)));
                metadata.put("deletionGracePeriodSeconds", grace);
            }
            return store.replace(resource, current, next);
        });
    }

    /** As {@link #delete}, but nothing happens when the object is gone. */
    public void deleteIfPresent(Resource resource, ObjectKey key, JsonNode options) {
        store.exclusively(() -> store.find(resource, key).map(_ -> delete(resource, key, options)));
    }

    private ObjectNode namespace(ObjectNode current, ObjectNode next) {
        if (!Fields.terminating(current)) {
            Fields.child(next, "metadata").put("deletionTimestamp", Times.seconds(Instant.now()));
            Fields.child(next, "status").put("phase", "Terminating");
        }
        return store.replace(Resource.NAMESPACES, current, next);
    }

    private static void addFinalizer(ObjectNode metadata, String finalizer) {
        var finalizers = Fields.list(metadata, "finalizers");
        if (finalizers.valueStream().noneMatch(f -> text(f).equals(finalizer))) {
            finalizers.add(finalizer);
        }
    }

    private static int grace(Resource resource, JsonNode object, JsonNode options) {
        String phase = text(object, "status", "phase");
        if (resource != Resource.PODS
                || text(object, "spec", "nodeName").isEmpty()
                || phase.equals("Succeeded")
                || phase.equals("Failed")) {
            return 0;
        }
        int own = integer(object, 30, "spec", "terminationGracePeriodSeconds");
        return Math.max(0, integer(options, own, "gracePeriodSeconds"));
    }

    private static void checkPreconditions(Resource resource, JsonNode object, JsonNode options) {
        String uid = text(options, "preconditions", "uid");
        if (!uid.isEmpty() && !uid.equals(Fields.uid(object))) {
            throw ApiError.conflict(
                    resource,
                    Fields.name(object),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Fields.uid(object));
        }
        String revision = text(options, "preconditions", "resourceVersion");
        if (!revision.isEmpty() && !revision.equals(text(object, "metadata", "resourceVersion"))) {
            throw ApiError.conflict(
                    resource,
                    Fields.name(object),
                    "Precondition failed: ResourceVersion in precondition: " + revision
                            + ", ResourceVersion in object meta: " + text(object, "metadata", "resourceVersion"));
        }
    }
}
