package io.nodeledger.simulators.kubernetes.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.simulators.kubernetes.metrics.Metrics;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Get and list, with selectors and pages. */
final class Reads {
    private final ObjectStore store;
    private final Metrics metrics;

    Reads(ObjectStore store, Metrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    ObjectNode get(ApiCall call) {
        Resource resource = call.path().resource();
        ObjectNode found = resource.computed()
                ? metrics.get(resource, call.path().key())
                : store.get(resource, call.path().key());
        return Presentation.of(call).one(call, found);
    }

    ObjectNode list(ApiCall call) {
        Resource resource = call.path().resource();
        Predicate<JsonNode> filter = call.filter();
        if (resource.computed()) {
            List<ObjectNode> all =
                    metrics.list(resource).stream().filter(filter).toList();
            return Presentation.of(call).many(call, all, Fields.object());
        }
        return store.exclusively(() -> page(call, resource, filter));
    }

    private ObjectNode page(ApiCall call, Resource resource, Predicate<JsonNode> filter) {
        int limit = call.number("limit", 0);
        JsonNode token = token(call.parameter("continue"));
        long revision = token == null ? store.revision() : token.path("rv").asLong(0);
        ObjectKey after = null;
        if (token != null) {
            var _ = store.since(resource, revision);
            after = new ObjectKey(Fields.text(token, "namespace"), Fields.text(token, "name"));
        }
        List<ObjectNode> items = new ArrayList<>();
        ObjectNode metadata = Fields.object().put("resourceVersion", Long.toString(revision));
        int remaining = 0;
        for (ObjectNode object : store.listAfter(resource, after)) {
            if (!filter.test(object)) {
                continue;
            }
            if (limit > 0 && items.size() == limit) {
                remaining++;
            } else {
                items.add(object);
            }
        }
        if (remaining > 0) {
            metadata.put("continue", token(revision, ObjectKey.of(items.getLast())))
                    .put("remainingItemCount", remaining);
        }
        return Presentation.of(call).many(call, items, metadata);
    }

    private static String token(long revision, ObjectKey last) {
        String json = Fields.object()
                .put("rv", revision)
                .put("namespace", last.namespace())
                .put("name", last.name())
                .toString();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    private static @Nullable JsonNode token(String given) {
        if (given.isEmpty()) {
            return null;
        }
        try {
            return Fields.JSON.readTree(Base64.getUrlDecoder().decode(given));
        } catch (JacksonException | IllegalArgumentException notOurs) {
            throw ApiError.badRequest("continue key is not valid: " + notOurs.getMessage());
        }
    }
}
