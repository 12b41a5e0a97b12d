package io.nodeledger.provisioner.kubernetes.step;

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
import io.nodeledger.provisioner.kubernetes.node.Deletions;
import io.nodeledger.provisioner.kubernetes.node.NodeLeases;
import io.nodeledger.provisioner.kubernetes.node.Ownership;
import java.time.Duration;

/**
 * Deletes the Kubernetes node with its lease, and first the join token, without which a machine that boots late can't
 * come back. A node of the same name that isn't ours stays, and so does its lease.
 */
public final class RemoveFromKubernetes implements EnsureStep {
    private static final StepLimits LIMITS = StepLimits.of(Duration.ofMinutes(10), 60);

    private final KubernetesRegions regions;
    private final BootstrapTokens tokens;

    public RemoveFromKubernetes(KubernetesRegions regions, BootstrapTokens tokens) {
        this.regions = regions;
        this.tokens = tokens;
    }

    @Override
    public Step step() {
        return Step.REMOVE_FROM_KUBERNETES;
    }

    @Override
    public StepLimits limits() {
        return LIMITS;
    }

    @Override
    public StepResult ensure(NodeFacts facts, Attempt attempt) throws InterruptedException {
        return ClusterFaults.answer(regions.of(facts.region()), region -> {
            tokens.remove(region.client(), facts.nodeId(), attempt::assertLease);
            var found = region.node(facts.kubernetesName());
            if (found.isPresent() && Ownership.of(found.get(), facts) == Ownership.FOREIGN) {
                return StepResult.done("no Kubernetes node of ours");
            }
            if (found.isPresent()) {
                attempt.assertLease();
                Deletions.exactly(region.client(), "/api/v1/nodes/" + facts.kubernetesName(), found.get());
            }
            attempt.assertLease();
            removeLease(region, facts.kubernetesName());
            return region.node(facts.kubernetesName()).isPresent()
                    ? StepResult.waiting("The Kubernetes node is being deleted", Waits.pause(attempt))
                    : StepResult.done();
        });
    }

    private static void removeLease(KubernetesRegion region, String name) {
        region.client()
                .leases()
                .inNamespace(NodeLeases.NAMESPACE)
                .withName(name)
                .delete();
    }
}
