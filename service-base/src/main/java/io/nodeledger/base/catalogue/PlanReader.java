package io.nodeledger.base.catalogue;

import io.nodeledger.base.web.Field;
import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Rule;
import io.nodeledger.base.web.Violations;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.catalogue.PlanSpecs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Takes plans out of a catalogue's document. What a plan's values may be is up to {@link PlanRules}. */
final class PlanReader {
    private static final int MOST = 1000;
    private static final JsonValue<String> TEXT = JsonValues.text(Rule.none());
    private static final JsonValue<List<String>> TEXTS = JsonValues.list(TEXT, MOST);
    private static final JsonValue<Integer> NUMBER = JsonValues.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);

    private PlanReader() {}

    /** The plans whose shape is good; what is wrong with the others is noted. */
    static List<NodePlan> read(JsonNode document, Violations violations) {
        JsonNode plans = document.path("plans");
        document.propertyNames().stream()
                .filter(name -> !name.equals("plans"))
                .forEach(name -> violations.add(name, "unknown_field", "there is no such key"));
        return plans.isMissingNode() || plans.isNull()
                ? List.of()
                : JsonValues.list(JsonValues.object(PlanReader::plan), MOST)
                        .read(plans, "plans", violations)
                        .orElse(List.of());
    }

    private static Supplier<NodePlan> plan(JsonFields fields) {
        var id = fields.required("id", TEXT);
        var name = fields.required("name", TEXT);
        var description = fields.required("description", TEXT);
        var specs = fields.required("specs", JsonValues.object(PlanReader::specs));
        var prices = PriceReader.read(fields);
        var currency = fields.required("currency", TEXT);
        var regions = fields.required("regions", TEXTS);
        Field<Map<String, Integer>> stock = fields.optional("stock", PlanReader::numbers);
        var features = fields.required("features", TEXTS);
        var suitableFor = fields.required("suitable_for", TEXTS);
        var min = fields.required("provisioning_minutes_min", NUMBER);
        var max = fields.required("provisioning_minutes_max", NUMBER);
        return () -> new NodePlan(
                id.get(),
                name.get(),
                description.get(),
                specs.get(),
                prices.get(),
                currency.get(),
                regions.get(),
                stock.orElse(Map.of()),
                features.get(),
                suitableFor.get(),
                min.get(),
                max.get());
    }

    private static Supplier<PlanSpecs> specs(JsonFields fields) {
        var cpuCores = fields.required("cpu_cores", NUMBER);
        var cpuType = fields.required("cpu_type", TEXT);
        var memoryGb = fields.required("memory_gb", NUMBER);
        var memoryType = fields.required("memory_type", TEXT);
        var storageGb = fields.required("storage_gb", NUMBER);
        var storageType = fields.required("storage_type", TEXT);
        var networkSpeed = fields.required("network_speed", TEXT);
        var architecture = fields.required("architecture", TEXT);
        return () -> new PlanSpecs(
                cpuCores.get(),
                cpuType.get(),
                memoryGb.get(),
                memoryType.get(),
                storageGb.get(),
                storageType.get(),
                networkSpeed.get(),
                architecture.get());
    }

    private static Optional<Map<String, Integer>> numbers(JsonNode node, String path, Violations violations) {
        if (!node.isObject()) {
            violations.add(path, "invalid_type", "must name regions, each with a number");
            return Optional.empty();
        }
        var numbers = new LinkedHashMap<String, Integer>();
        for (var entry : node.properties()) {
            NUMBER.read(entry.getValue(), path + "." + entry.getKey(), violations)
                    .ifPresent(number -> numbers.put(entry.getKey(), number));
        }
        return Optional.of(numbers);
    }
}
