package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.Fields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers 'may I?' and 'who am I?': the one credential there is belongs to an administrator. */
final class AccessReviews {
    private AccessReviews() {}

    static boolean covers(String path) {
        return path.equals("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                || path.equals("/apis/authentication.k8s.io/v1/selfsubjectreviews");
    }

    static ObjectNode review(JsonNode asked) {
        ObjectNode answer = asked instanceof ObjectNode object ? object.deepCopy() : Fields.object();
        ObjectNode status = answer.putObject("status");
        if (Fields.text(asked, "kind").equals("SelfSubjectReview")) {
            status.putObject("userInfo")
                    .put("username", "kubernetes-admin")
                    .putArray("groups")
                    .add("system:masters");
        } else {
            status.put("allowed", true);
        }
        return answer;
    }
}
