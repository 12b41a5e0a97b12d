package io.nodeledger.simulators.kubernetes.admission;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.strings;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError.Cause;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Names;
import io.nodeledger.simulators.kubernetes.object.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Containers, and the few fields of a pod that may change after its creation. */
final class PodValidation {
    private PodValidation() {}

    static void check(@Nullable ObjectNode before, ObjectNode after, List<Cause> causes) {
        containers("spec.containers", after.path("spec"), causes);
        if (before != null && !immutable(before).equals(immutable(after))) {
            causes.add(Validation.forbidden(
                    "spec",
                    "pod updates may not change fields other than `spec.containers[*].image`,"
                            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
                            + " additions to existing tolerations),`spec.terminationGracePeriodSeconds`"));
        }
    }

    private static JsonNode immutable(ObjectNode pod) {
        ObjectNode spec = Fields.child(pod.deepCopy(), "spec");
        spec.remove(List.of("activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"));
        each(spec, "containers").forEach(c -> ((ObjectNode) c).remove("image"));
        each(spec, "initContainers").forEach(c -> ((ObjectNode) c).remove("image"));
        return spec;
    }

    static void containers(String field, JsonNode spec, List<Cause> causes) {
        if (Validation.empty(spec, "containers")) {
            causes.add(Validation.required(field, ""));
        }
        int[] index = {0};
        each(spec, "containers").forEach(container -> {
            String at = field + "[" + index[0]++ + "]";
            if (!Names.label(text(container, "name"))) {
                causes.add(Validation.invalid(
                        at + ".name", text(container, "name"), "a lowercase RFC 1123 label is expected"));
            }
            if (text(container, "image").isEmpty()) {
                causes.add(Validation.required(at + ".image", ""));
            }
            quantities(at + ".resources.requests", container, "requests", causes);
            quantities(at + ".resources.limits", container, "limits", causes);
        });
    }

    private static void quantities(String field, JsonNode container, String which, List<Cause> causes) {
        strings(container, "resources", which).forEach((name, amount) -> {
            if (!Quantity.valid(amount)) {
                causes.add(Validation.invalid(
                        field + "[" + name + "]",
                        amount,
                        "quantities must match the regular expression of a quantity"));
            }
        });
    }
}
