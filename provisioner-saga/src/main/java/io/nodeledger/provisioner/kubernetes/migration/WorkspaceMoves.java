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
     * API server lacks the admission plugins is found by {@link #round}.
     *
     * @throws KubernetesClientException when the cluster does not answer
     */
    public List<String> obstacles(MoveRequest request) throws InterruptedException {
        return region.<List<String>, InterruptedException>call(
                () -> new Obstacles(region.client(), request, clock.instant()).find());
    }

    /**
     * One round: looks, and says what came of it. Pods that are made from now on are directed to the target, DaemonSets'
     * included, wherever they are not; then those are evicted whose turn it is. What namespaces said before is kept in
     * annotations, and {@link Target.Shared} puts it back. Takes a few seconds at most, unless the API server hangs.
     *
     * @param assertLease called before each call that changes something; what it throws ends the round
     */
    public MoveRound round(MoveRequest request, Runnable assertLease) throws InterruptedException {
        try {
            return region.<MoveRound, InterruptedException>call(
                    () -> Round.make(region, settings, request, assertLease, clock.instant()));
        } catch (IllegalArgumentException unreadable) {
            return new MoveRound.Impossible(MoveRound.BLOCKED, String.valueOf(unreadable.getMessage()));
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
        edit(workspaceId, nodes, assertLease, Cordon::close);
    }

    /** Opens nodes again that {@link #cordon} had closed. */
    public void uncordon(String workspaceId, Collection<String> nodes, Runnable assertLease) {
        edit(workspaceId, nodes, assertLease, Cordon::open);
    }

    private void edit(String workspaceId, Collection<String> nodes, Runnable assertLease, Predicate<Node> change) {
        var ours = new Target.Dedicated(workspaceId, List.of());
        region.call(() -> {
            region.client().nodes().withLabels(ours.selector()).list().getItems().stream()
                    .filter(node -> nodes.contains(node.getMetadata().getName()) && change.test(node))
                    .forEach(node ->
                            NodeEdits.edit(region, node.getMetadata().getName(), ours::includes, assertLease, change));
            return true;
        });
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
