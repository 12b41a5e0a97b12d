package io.nodeledger.provisioner.kubernetes.migration;

import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import java.util.Collection;
import java.util.List;

/**
 * Moves a workspace's workloads within one region's cluster. Where new pods go is said at their namespace; the old ones are
 * evicted, so that budgets hold. Nothing is remembered here: whoever goes on sees in the cluster what is left to do.
 */
public final class WorkspaceMoves {
    private final KubernetesRegion region;
    private final DrainSettings settings;

    public WorkspaceMoves(KubernetesRegion region, DrainSettings settings) {
        this.region = region;
        this.settings = settings;
    }

    /**
     * The workspace's namespaces: its own, if there is one, and those labelled {@code nodeledger.io/workspace} with its id;
     * never {@code kube-*}.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the cluster does not answer
     */
    public List<String> namespaces(String own, String workspaceId) {
        throw new UnsupportedOperationException(own + workspaceId + region + settings);
    }

    /**
     * What runs in the namespaces.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the cluster does not answer
     */
    public Survey survey(Collection<String> namespaces) {
        throw new UnsupportedOperationException(namespaces.toString());
    }

    /**
     * All that is known beforehand to keep the pods from being moved, each a sentence for people. Changes nothing. That the
     * API server lacks the admission plugins is found by {@link #direct}.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the cluster does not answer
     */
    public List<String> obstacles(MoveRequest request) {
        throw new UnsupportedOperationException(request.toString());
    }

    /**
     * Directs the pods that the namespaces make from now on to the target, DaemonSets included. What was said at the
     * namespaces before is kept in annotations, and {@link Target.Shared} puts it back. Directing again changes nothing.
     *
     * @param assertLease called before each call that changes something; what it throws ends the work
     */
    public Direction direct(Collection<String> namespaces, Target target, Runnable assertLease)
            throws InterruptedException {
        throw new UnsupportedOperationException(namespaces.toString() + target + assertLease);
    }

    /**
     * One round: looks, evicts the pods whose turn it is, and says what came of it. Takes a few seconds at most, unless the
     * API server hangs.
     *
     * @param assertLease called before each call that changes something; what it throws ends the round
     */
    public MoveRound round(MoveRequest request, Runnable assertLease) throws InterruptedException {
        throw new UnsupportedOperationException(request.toString() + assertLease);
    }

    /**
     * Closes nodes of the workspace to new pods; those of others, and those that don't exist, stay as they are.
     *
     * @param nodes names in Kubernetes
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the cluster does not answer
     */
    public void cordon(String workspaceId, Collection<String> nodes, Runnable assertLease) {
        throw new UnsupportedOperationException(workspaceId + nodes + assertLease);
    }

    /** Opens nodes again that {@link #cordon} had closed. */
    public void uncordon(String workspaceId, Collection<String> nodes, Runnable assertLease) {
        throw new UnsupportedOperationException(workspaceId + nodes + assertLease);
    }
}
