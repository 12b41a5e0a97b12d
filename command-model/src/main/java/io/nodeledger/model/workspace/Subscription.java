package io.nodeledger.model.workspace;

import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspacePlan;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    static Subscription of(WorkspaceRegistered event) {
        return new Subscription(event.plan(), event.maxNodes(), event.region(), event.namespace(), event.suspended());
    }

    static Subscription of(WorkspaceChanged event) {
        return new Subscription(event.plan(), event.maxNodes(), event.region(), event.namespace(), event.suspended());
    }

    /** Where a node goes. */
    String regionOr(@Nullable String wished) {
        return wished == null ? region : wished;
    }

    /** Why it may neither get nodes nor start them. */
    Optional<Refusal> refusalOfUse(String workspaceId) {
        return suspended ? Optional.of(new Refusal.WorkspaceSuspended(workspaceId)) : Optional.empty();
    }

    WorkspaceRegistered registered(String workspaceId, Instant at) {
        return new WorkspaceRegistered(workspaceId, plan, maxNodes, region, namespace, suspended, at);
    }

    WorkspaceChanged changed(String workspaceId, Instant at) {
        return new WorkspaceChanged(workspaceId, plan, maxNodes, region, namespace, suspended, at);
    }
}
