package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.kubernetes.node.Cordon;
import io.nodeledger.provisioner.kubernetes.node.NodeEdits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Moves a workspace's workloads within one region's cluster. Where new pods go is said at their namespace; the old ones are
 * evicted, so that budgets hold. Nothing is remembered here: whoever goes on sees in the cluster what is left to do.
 */
public final class WorkspaceMoves {
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(2);

    private final KubernetesRegion region;
    private final DrainSettings settings;
    private final InstantSource clock;

    /** @param settings how evictions are made, the same as for drains */
    public WorkspaceMoves(KubernetesRegion region, DrainSettings settings, InstantSource clock) {
        this.region = region;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The workspace's namespaces: its own, if there is one, and those labelled {@code nodeledger.io/workspace} with its id;
     * never {@code kube-*}.
     *
     * @throws KubernetesClientException when the cluster does not answer
     */
    public List<String> namespaces(String own, String workspaceId) {
        return region.call(() -> WorkspaceNamespaces.of(region.client(), own, workspaceId));
    }

    /**
     * What runs in the namespaces.
     *
     * @throws KubernetesClientException when the cluster does not answer
     */
    public Survey survey(Collection<String> namespaces) throws InterruptedException {
        return region.<Survey, InterruptedException>call(() -> Surveys.of(Inventory.read(region.client(), namespaces)));
    }

    /**
     * All that is known beforehand to keep the pods from being moved, each a sentence for people. Changes nothing. That the
     * API server lacks the admission plugins is found by {@link #direct}.
     *
     * @throws KubernetesClientException when the cluster does not answer
     */
    public List<String> obstacles(MoveRequest request) throws InterruptedException {
        return region.<List<String>, InterruptedException>call(
                () -> new Obstacles(region.client(), request, clock.instant()).find());
    }

    /**
     * Directs the pods that the namespaces make from now on to the target, DaemonSets included. What was said at the
     * namespaces before is kept in annotations, and {@link Target.Shared} puts it back. Directing again changes nothing.
     *
     * @param assertLease called before each call that changes something; what it throws ends the work
     */
    public Direction direct(Collection<String> namespaces, Target target, Runnable assertLease)
            throws InterruptedException {
        try {
            return region.<Direction, InterruptedException>call(
                    () -> new Directing(region.client(), target, assertLease, clock).direct(namespaces));
        } catch (KubernetesClientException failure) {
            return refused(failure)
                    .<Direction>map(reason -> new Direction.Impossible(ClusterFaults.REFUSED, reason))
                    .orElseGet(() -> new Direction.Unanswered("Kubernetes: " + ClusterFaults.reason(failure)));
        } catch (IllegalArgumentException unreadable) {
            return new Direction.Impossible(MoveRound.BLOCKED, String.valueOf(unreadable.getMessage()));
        }
    }

    /**
     * One round: looks, evicts the pods whose turn it is, and says what came of it. Takes a few seconds at most, unless the
     * API server hangs.
     *
     * @param assertLease called before each call that changes something; what it throws ends the round
     */
    public MoveRound round(MoveRequest request, Runnable assertLease) throws InterruptedException {
        try {
            return region.<MoveRound, InterruptedException>call(
                    () -> Round.make(region.client(), settings, request, assertLease, clock.instant()));
        } catch (KubernetesClientException failure) {
            return refused(failure)
                    .<MoveRound>map(reason -> new MoveRound.Impossible(ClusterFaults.REFUSED, reason))
                    .orElseGet(() ->
                            new MoveRound.Moving(null, "Kubernetes: " + ClusterFaults.reason(failure), AFTER_SILENCE));
        }
    }

    /**
     * Closes nodes of the workspace to new pods; those of others, and those that don't exist, stay as they are.
     *
     * @param nodes names in Kubernetes
     * @throws KubernetesClientException when the cluster does not answer
     */
    public void cordon(String workspaceId, Collection<String> nodes, Runnable assertLease) {
        region.call(() -> {
            nodes.forEach(name -> NodeEdits.edit(region, name, isOf(workspaceId), assertLease, Cordon::close));
            return true;
        });
    }

    /** Opens nodes again that {@link #cordon} had closed. */
    public void uncordon(String workspaceId, Collection<String> nodes, Runnable assertLease) {
        region.call(() -> {
            nodes.forEach(name -> NodeEdits.edit(region, name, isOf(workspaceId), assertLease, Cordon::open));
            return true;
        });
    }

    private static Predicate<Node> isOf(String workspaceId) {
        return new Target.Dedicated(workspaceId, List.of())::includes;
    }

    private static Optional<String> refused(KubernetesClientException failure) throws InterruptedException {
        if (Thread.interrupted()) {
            var stopped = new InterruptedException("The instance shuts down");
            stopped.initCause(failure);
            throw stopped;
        }
        return ClusterFaults.isRefusal(failure)
                ? Optional.of("Kubernetes refused: " + ClusterFaults.reason(failure))
                : Optional.empty();
    }
}
