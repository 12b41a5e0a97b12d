package io.nodeledger.base.catalogue;

import io.nodeledger.base.web.FieldViolation;
import io.nodeledger.base.web.Violations;
import io.nodeledger.events.catalogue.NodePlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a catalogue's file and refuses one that cannot be offered, naming every fault at once. */
final class CatalogueFile {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final Resource resource;
    private final String name;

    private CatalogueFile(Resource resource, String name) {
        this.resource = resource;
        this.name = name;
    }

    /** The operator's file, or the one that comes with the product. */
    static CatalogueFile of(CatalogueSettings settings) {
        return settings.file().isEmpty()
                ? new CatalogueFile(new ClassPathResource("catalogue.yaml"), "of this build")
                : new CatalogueFile(new FileSystemResource(settings.file()), settings.file());
    }

    /**
     * What is in the file now.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    byte[] content() {
        try {
            return resource.getContentAsByteArray();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "There is no readable plan catalogue at '" + name
                            + "': correct nodeledger.catalogue.file, or leave it out to use the built-in one",
                    unreadable);
        }
    }

    /**
     * The plans that a content describes.
     *
     * @throws IllegalArgumentException when it is no YAML, or describes what cannot be offered
     */
    List<NodePlan> plans(byte[] content) {
        var violations = new Violations();
        var plans = PlanReader.read(tree(content), violations);
        var faults = new ArrayList<String>();
        violations.found().stream().map(CatalogueFile::fault).forEach(faults::add);
        if (plans.isEmpty() && faults.isEmpty()) {
            faults.add("it offers no plan: list at least one under 'plans'");
        }
        PlanRules.check(plans, faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "The plan catalogue " + name + " cannot be used:\n- " + String.join("\n- ", faults));
        }
        return plans;
    }

    private JsonNode tree(byte[] content) {
        try {
            return YAML.readTree(content);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The plan catalogue " + name + " cannot be read: "
                    + e.getOriginalMessage() + (e.getLocation() == null ? "" : " (" + at(e) + ")"));
        }
    }

    private static String fault(FieldViolation violation) {
        return violation.field() + ": "
                + (violation.code().equals("unknown_field") ? "there is no such key" : violation.message());
    }

    private static String at(JacksonException e) {
        return "line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr();
    }
}
