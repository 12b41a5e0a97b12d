package io.nodeledger.simulators.kubernetes.admission;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError.Cause;
import io.nodeledger.simulators.kubernetes.object.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Taints and the fields of a node that are set once. */
final class NodeValidation {
    private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private NodeValidation() {}

    static void check(@Nullable JsonNode before, JsonNode after, List<Cause> causes) {
        Set<String> seen = new HashSet<>();
        int[] index = {0};
        each(after, "spec", "taints").forEach(taint -> {
            String field = "metadata.taints[" + index[0]++ + "]";
            taint(field, taint, causes);
            if (!seen.add(text(taint, "key") + ":" + text(taint, "effect"))) {
                causes.add(new Cause(
                        "FieldValueDuplicate", "Duplicate value: taints must be unique by key and effect pair", field));
            }
        });
        if (before != null) {
            setOnce("providerID", before, after, causes);
            setOnce("podCIDR", before, after, causes);
        }
    }

    private static void taint(String field, JsonNode taint, List<Cause> causes) {
        if (!Names.qualified(text(taint, "key"))) {
            causes.add(Validation.invalid(field + ".key", text(taint, "key"), "name part must be a qualified name"));
        }
        if (!Names.labelValue(text(taint, "value"))) {
            causes.add(Validation.invalid(
                    field + ".value", text(taint, "value"), "a valid label value is expected, at most 63 characters"));
        }
        String effect = text(taint, "effect");
        if (effect.isEmpty()) {
            causes.add(Validation.required(field + ".effect", ""));
        } else if (!EFFECTS.contains(effect)) {
            causes.add(Validation.unsupported(
                    field + ".effect", effect, "\"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""));
        }
    }

    private static void setOnce(String field, JsonNode before, JsonNode after, List<Cause> causes) {
        String old = text(before, "spec", field);
        if (!old.isEmpty() && !old.equals(text(after, "spec", field))) {
            causes.add(Validation.forbidden(
                    "spec." + field, "node updates may not change " + field + " except from \"\" to valid"));
        }
    }
}
