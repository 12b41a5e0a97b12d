package io.nodeledger.simulators.kubernetes.admission;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The admission plugin of this name: a new pod gets the node selector of its namespace's annotation, too. */
final class PodNodeSelector {
    private PodNodeSelector() {}

    static void admit(JsonNode namespace, ObjectNode pod) {
        var wanted = new NamespaceAnnotations(namespace).nodeSelector();
        if (wanted.isEmpty()) {
            return;
        }
        var own = Fields.strings(pod, "spec", "nodeSelector");
        wanted.forEach((key, value) -> {
            if (!own.getOrDefault(key, value).equals(value)) {
                throw ApiError.forbidden(
                        Resource.PODS,
                        Fields.name(pod),
                        "pod node label selector conflicts with its namespace node label selector",
                        List.of());
            }
        });
        ObjectNode selector = Fields.child(pod, "spec", "nodeSelector");
        wanted.forEach(selector::put);
    }
}
