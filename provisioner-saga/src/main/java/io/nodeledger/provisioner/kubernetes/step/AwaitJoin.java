package io.nodeledger.provisioner.kubernetes.step;

import io.fabric8.kubernetes.api.model.Node;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.join.BootstrapTokens;
import io.nodeledger.provisioner.kubernetes.node.Ownership;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import io.nodeledger.provisioner.kubernetes.node.StaleNodes;
import java.time.Duration;

/** Waits until the machine has joined its cluster, then takes its join token away. */
public final class AwaitJoin implements EnsureStep {
    private static final StepLimits LIMITS = StepLimits.of(Duration.ofMinutes(15), 60);

    private final KubernetesRegions regions;
    private final BootstrapTokens tokens;

    public AwaitJoin(KubernetesRegions regions, BootstrapTokens tokens) {
        this.regions = regions;
        this.tokens = tokens;
    }

    @Override
    public Step step() {
        return Step.JOIN;
    }

    @Override
    public StepLimits limits() {
        return LIMITS;
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        return ClusterFaults.answer(regions.of(node.region()), region -> {
            var joined = region.watch()
                    .await(node.kubernetesName(), seen -> isOurs(seen, node), Waits.IN_THREAD)
                    .or(() -> region.node(node.kubernetesName()));
            if (joined.isEmpty()) {
                return StepResult.waiting("The machine has not joined the cluster yet", Waits.pause(attempt));
            }
            return isOurs(joined.get(), node)
                    ? finish(region, node, attempt)
                    : nameInUse(region, joined.get(), node, attempt);
        });
    }

    private StepResult finish(KubernetesRegion region, NodeFacts node, Attempt attempt) {
        tokens.remove(region.client(), node.nodeId(), attempt::assertLease);
        return StepResult.done("Joined as " + node.kubernetesName());
    }

    /** A dead object is in the way of our kubelet and goes; one that is alive is somebody's node. */
    private static StepResult nameInUse(KubernetesRegion region, Node other, NodeFacts node, Attempt attempt) {
        return switch (Readiness.of(other)) {
            case READY ->
                StepResult.failed(
                        "KUBERNETES_NAME_TAKEN",
                        "The cluster has another node named %s, on %s"
                                .formatted(
                                        node.kubernetesName(), other.getSpec().getProviderID()));
            case NOT_READY ->
                StepResult.waiting("Another node is named " + node.kubernetesName(), Waits.pause(attempt));
            case UNREACHABLE -> {
                StaleNodes.removeDead(region, node, attempt::assertLease);
                yield StepResult.waiting("Removed what a dead machine of this name had left", Waits.SHORTEST);
            }
        };
    }

    private static boolean isOurs(Node seen, NodeFacts node) {
        return Ownership.of(seen, node) == Ownership.OURS;
    }
}
