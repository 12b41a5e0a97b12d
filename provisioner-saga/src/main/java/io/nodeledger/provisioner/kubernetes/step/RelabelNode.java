package io.nodeledger.provisioner.kubernetes.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import io.nodeledger.provisioner.kubernetes.node.NodeEdits;
import java.time.Duration;

/** Brings the node's labels and taints to its Kubernetes node, and takes away those that it had from us before. */
public final class RelabelNode implements EnsureStep {
    private static final StepLimits LIMITS = StepLimits.of(Duration.ofMinutes(5), 60);

    private final KubernetesRegions regions;

    public RelabelNode(KubernetesRegions regions) {
        this.regions = regions;
    }

    @Override
    public Step step() {
        return Step.RELABEL;
    }

    @Override
    public StepLimits limits() {
        return LIMITS;
    }

    @Override
    public StepResult ensure(NodeFacts facts, Attempt attempt) throws InterruptedException {
        return ClusterFaults.answer(
                regions.of(facts.region()),
                region -> NodeEdits.edit(region, facts, attempt::assertLease, node -> NodeContract.apply(facts, node))
                        .map(node -> StepResult.done())
                        .orElseGet(() ->
                                StepResult.done("no Kubernetes node; it gets them when the node is started again")));
    }
}
