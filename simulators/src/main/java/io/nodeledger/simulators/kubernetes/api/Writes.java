package io.nodeledger.simulators.kubernetes.api;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.admission.Admission;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.patch.Patch;
import io.nodeledger.simulators.kubernetes.store.Deletion;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Create, update, patch and delete of objects and their status. */
final class Writes {
    private final ObjectStore store;
    private final Admission admission;
    private final Deletion deletion;

    Writes(ObjectStore store, Admission admission, Deletion deletion) {
        this.store = store;
        this.admission = admission;
        this.deletion = deletion;
    }

    ObjectNode create(ApiCall call) {
        ObjectNode given = EventsV1.stored(call.path().resource(), call.object().deepCopy());
        return create(call, given);
    }

    private ObjectNode create(ApiCall call, ObjectNode given) {
        Resource resource = call.path().resource().stored();
        settle(call, given);
        if (!text(given, "metadata", "resourceVersion").isEmpty()) {
            throw ApiError.badRequest("resourceVersion should not be set on objects to be created");
        }
        return store.exclusively(() -> {
            ObjectNode object = store.prepared(resource, given);
            admission.create(resource, object);
            if (call.dryRun()) {
                if (store.find(resource, ObjectKey.of(object)).isPresent()) {
                    throw ApiError.alreadyExists(resource, Fields.name(object));
                }
                return object;
            }
            return store.create(resource, object);
        });
    }

    ObjectNode update(ApiCall call) {
        ObjectNode given = EventsV1.stored(call.path().resource(), call.object().deepCopy());
        settle(call, given);
        return store.exclusively(
                () -> commit(call, store.get(call.path().resource(), call.path().key()), given));
    }

    ObjectNode patch(ApiCall call) {
        Patch patch = new Patch(call.contentType(), call.body());
        Resource resource = call.path().resource();
        return store.exclusively(() -> {
            var current = store.find(resource, call.path().key());
            if (current.isEmpty()
                    && patch.serverSideApply()
                    && call.path().subresource().isEmpty()) {
                return create(call, patch.applyTo(Fields.object()));
            }
            ObjectNode found = current.orElseThrow(
                    () -> ApiError.notFound(resource, call.path().name()));
            ObjectNode next = patch.applyTo(found);
            settle(call, next);
            return commit(call, found, next);
        });
    }

    /** Keeps apart what each door may change: the status by /status only, all else by the object itself only. */
    private ObjectNode commit(ApiCall call, ObjectNode current, ObjectNode given) {
        Resource resource = call.path().resource().stored();
        String revision = text(given, "metadata", "resourceVersion");
        if (!revision.isEmpty() && !revision.equals(text(current, "metadata", "resourceVersion"))) {
            throw ApiError.modified(resource, call.path().name());
        }
        String uid = Fields.uid(given);
        if (!uid.isEmpty() && !uid.equals(Fields.uid(current))) {
            throw ApiError.conflict(
                    resource,
                    call.path().name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                            + Fields.uid(current));
        }
        ObjectNode next = call.path().subresource().equals("status") ? statusOf(current, given) : given;
        if (!call.path().subresource().equals("status") && resource.statusSubresource()) {
            copy(current, next, "status");
        }
        keepSystemMetadata(current, next);
        next.put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
        admission.update(resource, current, next);
        return call.dryRun() ? next : store.replace(resource, current, next);
    }

    private static ObjectNode statusOf(ObjectNode current, ObjectNode given) {
        ObjectNode next = current.deepCopy();
        copy(given, next, "status");
        return next;
    }

    private static void keepSystemMetadata(ObjectNode current, ObjectNode next) {
        ObjectNode from = Fields.child(current.deepCopy(), "metadata");
        ObjectNode to = Fields.child(next, "metadata");
        for (String field : List.of(
                "uid",
                "creationTimestamp",
                "resourceVersion",
                "generation",
                "deletionTimestamp",
                "deletionGracePeriodSeconds",
                "generateName")) {
            copy(from, to, field);
        }
        to.remove("managedFields");
    }

    private static void copy(ObjectNode from, ObjectNode to, String field) {
        JsonNode value = from.path(field);
        if (value.isMissingNode()) {
            to.remove(field);
        } else {
            to.set(field, value.deepCopy());
        }
    }

    /** Name and namespace of the path and of the body must agree. */
    private static void settle(ApiCall call, ObjectNode given) {
        ObjectNode metadata = Fields.child(given, "metadata");
        if (call.path().resource().namespaced()) {
            agree(metadata, "namespace", call.path().namespace());
        } else {
            metadata.remove("namespace");
        }
        if (!call.path().collection()) {
            agree(metadata, "name", call.path().name());
        }
        metadata.remove("managedFields");
    }

    private static void agree(ObjectNode metadata, String field, String wanted) {
        String given = text(metadata, field);
        if (!given.isEmpty() && !given.equals(wanted)) {
            throw ApiError.badRequest("the " + field + " of the object (" + given + ") does not match the " + field
                    + " on the URL (" + wanted + ")");
        }
        metadata.put(field, wanted);
    }

    /** Answers a Status for what is gone and the object itself while its deletion goes on. */
    ObjectNode delete(ApiCall call) {
        Resource resource = call.path().resource().stored();
        ObjectNode deleted = deletion.delete(resource, call.path().key(), options(call));
        if (Fields.terminating(deleted)) {
            return deleted;
        }
        ObjectNode status = success();
        status.putObject("details")
                .put("name", call.path().name())
                .put("kind", resource.plural())
                .put("uid", Fields.uid(deleted));
        return status;
    }

    /** Deletes what the filter names; what another takes away meanwhile is no error. */
    ObjectNode deleteCollection(ApiCall call) {
        Resource resource = call.path().resource().stored();
        var filter = call.filter();
        JsonNode options = options(call);
        List<ObjectNode> doomed = store.list(resource).stream().filter(filter).toList();
        doomed.forEach(object -> deletion.deleteIfPresent(resource, ObjectKey.of(object), options));
        return Presentation.WHOLE.many(call, doomed, Fields.object());
    }

    private static ObjectNode options(ApiCall call) {
        ObjectNode options = call.body() instanceof ObjectNode body ? body.deepCopy() : Fields.object();
        for (String field : List.of("propagationPolicy", "dryRun")) {
            if (!call.parameter(field).isEmpty()) {
                options.put(field, call.parameter(field));
            }
        }
        if (options.path("dryRun").isString()) {
            options.putArray("dryRun").add("All");
        }
        if (!call.parameter("gracePeriodSeconds").isEmpty()) {
            options.put("gracePeriodSeconds", call.number("gracePeriodSeconds", 0));
        }
        return options;
    }

    static ObjectNode success() {
        ObjectNode status = Fields.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success");
    }
}
