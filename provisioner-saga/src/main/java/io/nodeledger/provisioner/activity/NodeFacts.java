package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.Taint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything a step needs to know of a node, folded from the node's stream at the moment the step runs.
 *
 * @param placement absent until a machine id is allocated, and again after the id was burnt
 * @param burntIds machine ids that turned out to be somebody else's
 * @param kubernetes absent until the node was Ready once
 * @param retired what its Kubernetes node is not to carry any more
 * @param operation the running operation, absent when none runs
 */
public record NodeFacts(
        String nodeId,
        String workspaceId,
        String name,
        String region,
        NodeStatus status,
        PlanTerms terms,
        Map<String, String> labels,
        List<Taint> taints,
        @Nullable Placement placement,
        Set<Integer> burntIds,
        @Nullable String privateAddress,
        @Nullable KubernetesFacts kubernetes,
        RetiredMarks retired,
        @Nullable RunningOperation operation) {

    /** Name of the Kubernetes node (source: rulings, "State machine"). */
    public String kubernetesName() {
        return nodeId + "-k8s";
    }

    /** Host name of the machine (source: rulings, "State machine"). */
    public String hostname() {
        return nodeId + ".internal";
    }
}
