package io.nodeledger.simulators.kubernetes.admission;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.present;
import static io.nodeledger.simulators.kubernetes.object.Fields.strings;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.ApiError.Cause;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.LabelSelector;
import io.nodeledger.simulators.kubernetes.object.Names;
import io.nodeledger.simulators.kubernetes.object.Resource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules whose violation the API server answers with 422 and one cause per field. */
public final class Validation {
    private Validation() {}

    /**
     * Refuses an object that breaks a rule.
     *
     * @param before the stored object, absent for a new one
     */
    public static void check(Resource resource, @Nullable ObjectNode before, ObjectNode after) {
        List<Cause> causes = new ArrayList<>();
        metadata(resource, after, causes);
        switch (resource) {
            case NODES -> NodeValidation.check(before, after, causes);
            case PODS -> PodValidation.check(before, after, causes);
            case DEPLOYMENTS, REPLICA_SETS, STATEFUL_SETS, DAEMON_SETS -> workload(before, after, causes);
            case BUDGETS -> budget(after, causes);
            case SECRETS -> secret(before, after, causes);
            default -> {}
        }
        if (!causes.isEmpty()) {
            throw ApiError.invalid(resource, Fields.name(after), causes);
        }
    }

    private static void metadata(Resource resource, JsonNode object, List<Cause> causes) {
        String name = Fields.name(object);
        boolean valid = (resource == Resource.NAMESPACES || resource == Resource.SERVICES)
                ? Names.label(name)
                : Names.subdomain(name);
        if (name.isEmpty()) {
            causes.add(required("metadata.name", "name or generateName is required"));
        } else if (!valid) {
            causes.add(invalid(
                    "metadata.name",
                    name,
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                            + " and must start and end with an alphanumeric character"));
        }
        labels("metadata.labels", object.path("metadata"), causes);
        strings(object, "metadata", "annotations").keySet().stream()
                .filter(key -> !Names.qualified(key))
                .forEach(key -> causes.add(invalid("metadata.annotations", key, "name part must be a qualified name")));
    }

    static void labels(String field, JsonNode metadata, List<Cause> causes) {
        strings(metadata, "labels").forEach((key, value) -> {
            if (!Names.qualified(key)) {
                causes.add(invalid(
                        field,
                        key,
                        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
                                + " with an alphanumeric character"));
            }
            if (!Names.labelValue(value)) {
                causes.add(invalid(
                        field,
                        value,
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
                                + " '.', and must start and end with an alphanumeric character, at most 63"));
            }
        });
    }

    private static void workload(@Nullable ObjectNode before, ObjectNode after, List<Cause> causes) {
        JsonNode selector = Fields.at(after, "spec", "selector");
        if (!LabelSelector.of(selector).matches(strings(after, "spec", "template", "metadata", "labels"))) {
            causes.add(new Cause(
                    "FieldValueInvalid",
                    "Invalid value: `selector` does not match template `labels`",
                    "spec.template.metadata.labels"));
        }
        if (selector.isEmpty()) {
            causes.add(required("spec.selector", ""));
        }
        if (before != null && !Fields.at(before, "spec", "selector").equals(selector)) {
            causes.add(invalid("spec.selector", selector.toString(), "field is immutable"));
        }
        if (Fields.integer(after, 0, "spec", "replicas") < 0) {
            causes.add(invalid("spec.replicas", text(after, "spec", "replicas"), "must be greater than or equal to 0"));
        }
        PodValidation.containers("spec.template.spec.containers", Fields.at(after, "spec", "template", "spec"), causes);
    }

    private static void budget(JsonNode after, List<Cause> causes) {
        if (present(after, "spec", "minAvailable") && present(after, "spec", "maxUnavailable")) {
            causes.add(invalid("spec", "{}", "minAvailable and maxUnavailable cannot be both set"));
        }
    }

    private static void secret(@Nullable ObjectNode before, JsonNode after, List<Cause> causes) {
        if (before != null && !text(before, "type").equals(text(after, "type"))) {
            causes.add(invalid("type", text(after, "type"), "field is immutable"));
        }
        strings(after, "data").keySet().stream()
                .filter(key -> !key.matches("[-._a-zA-Z0-9]{1,253}"))
                .forEach(key -> causes.add(invalid("data[" + key + "]", key, "a valid config key is expected")));
    }

    static Cause invalid(String field, String value, String why) {
        return new Cause("FieldValueInvalid", "Invalid value: \"" + value + "\": " + why, field);
    }

    static Cause forbidden(String field, String why) {
        return new Cause("FieldValueForbidden", "Forbidden: " + why, field);
    }

    static Cause required(String field, String why) {
        return new Cause("FieldValueRequired", why.isEmpty() ? "Required value" : "Required value: " + why, field);
    }

    static Cause unsupported(String field, String value, String supported) {
        return new Cause(
                "FieldValueNotSupported",
                "Unsupported value: \"" + value + "\": supported values: " + supported,
                field);
    }

    static boolean empty(JsonNode node, String... path) {
        return each(node, path).findAny().isEmpty();
    }
}
