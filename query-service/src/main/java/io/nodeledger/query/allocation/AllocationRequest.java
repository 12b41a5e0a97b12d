package io.nodeledger.query.allocation;

import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.LabelRules;
import io.nodeledger.base.web.Rule;
import io.nodeledger.query.quantity.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be placed on one node: a pod's requests, its node selector and its tolerations. */
record AllocationRequest(Amounts resources, Map<String, String> nodeSelector, List<Toleration> tolerations) {
    private static final int MOST = 64;

    private static final JsonValue<Amounts> RESOURCES = JsonValues.object(fields -> {
        var cpu = fields.optional("cpu", quantity());
        var memory = fields.optional("memory", quantity());
        var storage = fields.optional("storage", quantity());
        return () -> {
            var asked = new HashMap<String, String>();
            put(asked, "cpu", cpu.orNull());
            put(asked, "memory", memory.orNull());
            put(asked, "ephemeral-storage", storage.orNull());
            return Amounts.of(asked);
        };
    });

    /**
     * Reads the body.
     *
     * @throws ApiException 400 naming every bad field
     */
    static AllocationRequest read(JsonFields body) {
        var resources = body.required("resources", RESOURCES);
        var selector = body.optional("node_selector", JsonValues.textMap(LabelRules.KEY, LabelRules.VALUE, MOST));
        var tolerations = body.optional("tolerations", JsonValues.list(new TolerationValue(), MOST));
        body.finish();
        return new AllocationRequest(resources.get(), selector.orElse(Map.of()), tolerations.orElse(List.of()));
    }

    private static JsonValue<String> quantity() {
        return JsonValues.text(AllocationRequest::checkQuantity);
    }

    private static Optional<Rule.Broken> checkQuantity(String text) {
        var quantity = Quantity.parse(text);
        if (quantity.isEmpty()) {
            return Rule.broken("invalid_format", "must be a Kubernetes quantity such as 500m, 2 or 4Gi");
        }
        return quantity.get().isNegative() ? Rule.broken("out_of_range", "must not be negative") : Optional.empty();
    }

    private static void put(Map<String, String> asked, String resource, @Nullable String quantity) {
        if (quantity != null) {
            asked.put(resource, quantity);
        }
    }
}
