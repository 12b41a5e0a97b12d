package io.nodeledger.simulators.kubernetes.kubelet;

import io.nodeledger.simulators.kubernetes.object.Fields;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a kubelet says of itself when it registers its node. */
record NodeRegistration(String name, Map<String, String> labels, ArrayNode taints, String providerId) {

    ObjectNode toJson() {
        ObjectNode json = Fields.object().put("nodeName", name).put("providerId", providerId);
        ObjectNode nodeLabels = json.putObject("labels");
        labels.forEach(nodeLabels::put);
        json.set("taints", taints);
        return json;
    }

    static NodeRegistration fromJson(ObjectNode json) {
        ArrayNode taints = Fields.array();
        Fields.each(json, "taints").forEach(taints::add);
        return new NodeRegistration(
                Fields.text(json, "nodeName"), Fields.strings(json, "labels"), taints, Fields.text(json, "providerId"));
    }
}
