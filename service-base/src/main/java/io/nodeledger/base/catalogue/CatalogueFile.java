package io.nodeledger.base.catalogue;

import io.nodeledger.events.catalogue.NodePlan;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a catalogue's file and refuses one that cannot be offered, naming every fault at once. */
final class CatalogueFile {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private CatalogueFile() {}

    /**
     * @param source where the file came from, for messages
     * @throws IllegalArgumentException when the file cannot be read or offers what cannot be offered
     */
    static Catalogue read(InputStream file, String source) {
        List<NodePlan> plans;
        try {
            var listed = YAML.readValue(file, Contents.class).plans();
            plans = listed == null ? List.of() : listed;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The plan catalogue " + source + " cannot be read: "
                    + e.getOriginalMessage() + (e.getLocation() == null ? "" : " (" + at(e) + ")"));
        }
        var faults = new ArrayList<String>();
        if (plans.isEmpty()) {
            faults.add("it offers no plan: list at least one under 'plans'");
        } else {
            PlanRules.check(plans, faults);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "The plan catalogue " + source + " cannot be used:\n- " + String.join("\n- ", faults));
        }
        return new Catalogue(plans);
    }

    private static String at(JacksonException e) {
        return "line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr();
    }

    private record Contents(@Nullable List<NodePlan> plans) {}
}
