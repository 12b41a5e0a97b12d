package io.nodeledger.model.workspace;

import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;

/**
 * What the platform operator granted a workspace.
 *
 * @param maxNodes how many nodes it may have
 * @param region where its nodes go unless they ask for another region
 * @param namespace the Kubernetes namespace of its workloads
 * @param suspended whether new nodes and starts are refused
 */
record Subscription(WorkspacePlan plan, int maxNodes, String region, String namespace, boolean suspended) {
    static Subscription wishedBy(PutWorkspace command) {
        Integer maxNodes = command.maxNodes();
        String namespace = command.namespace();
        return new Subscription(
                command.plan(),
                maxNodes == null ? command.plan().maxNodes() : maxNodes,
                command.region(),
                namespace == null ? command.workspaceId() : namespace,
                command.suspended());
    }
}
