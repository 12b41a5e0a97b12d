package io.nodeledger.simulators.kubernetes.api;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.eviction.Evictions;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.patch.Patch;
import io.nodeledger.simulators.kubernetes.scheduling.Bindings;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The doors beside an object: eviction, binding and scale. Status goes with the writes. */
final class Subresources {
    private static final Set<Resource> SCALABLE =
            Set.of(Resource.DEPLOYMENTS, Resource.REPLICA_SETS, Resource.STATEFUL_SETS);
    private final ObjectStore store;
    private final Evictions evictions;
    private final Bindings bindings;

    Subresources(ObjectStore store, Evictions evictions, Bindings bindings) {
        this.store = store;
        this.evictions = evictions;
        this.bindings = bindings;
    }

    ObjectNode handle(ApiCall call) {
        ApiPath path = call.path();
        boolean pods = path.resource() == Resource.PODS;
        if (pods && path.subresource().equals("eviction") && call.method().equals("POST")) {
            evictions.evict(path.key(), child(asObject(call.body()), "deleteOptions"), call.dryRun());
            return Writes.success().put("code", 201);
        }
        if (pods && path.subresource().equals("binding") && call.method().equals("POST")) {
            bindings.bind(path.key(), text(call.body(), "target", "name"));
            return Writes.success().put("code", 201);
        }
        if (SCALABLE.contains(path.resource()) && path.subresource().equals("scale")) {
            return scale(call);
        }
        throw ApiError.noSuchPath();
    }

    private static ObjectNode asObject(JsonNode body) {
        return body instanceof ObjectNode object ? object : Fields.object();
    }

    private ObjectNode scale(ApiCall call) {
        ApiPath path = call.path();
        return store.exclusively(() -> {
            ObjectNode shown = shown(store.get(path.resource(), path.key()));
            ObjectNode wanted = switch (call.method()) {
                case "GET" -> shown;
                case "PUT" -> asObject(call.body());
                case "PATCH" -> new Patch(call.contentType(), call.body()).applyTo(shown);
                default -> throw ApiError.of(405, "MethodNotAllowed", "the server does not allow this method");
            };
            if (call.method().equals("GET") || call.dryRun()) {
                return wanted;
            }
            return shown(store.update(
                    path.resource(),
                    path.key(),
                    object -> child(object, "spec").put("replicas", integer(wanted, 0, "spec", "replicas"))));
        });
    }

    private static ObjectNode shown(ObjectNode workload) {
        ObjectNode scale = Fields.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            metadata.put(field, text(workload, "metadata", field));
        }
        scale.putObject("spec").put("replicas", integer(workload, 0, "spec", "replicas"));
        scale.putObject("status").put("replicas", integer(workload, 0, "status", "replicas"));
        return scale;
    }
}
