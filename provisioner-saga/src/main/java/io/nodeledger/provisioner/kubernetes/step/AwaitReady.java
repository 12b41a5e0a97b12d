package io.nodeledger.provisioner.kubernetes.step;

import io.fabric8.kubernetes.api.model.Node;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.node.Cordon;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import io.nodeledger.provisioner.kubernetes.node.NodeEdits;
import io.nodeledger.provisioner.kubernetes.node.Ownership;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import io.nodeledger.provisioner.kubernetes.node.ReadyFacts;
import java.time.Duration;

/** Waits until the Kubernetes node is Ready and makes sure that it carries the contract's labels, taints and identity. */
public final class AwaitReady implements EnsureStep {
    private static final StepLimits LIMITS = StepLimits.of(Duration.ofMinutes(10), 60);

    private final KubernetesRegions regions;
    private final LivingKubelets kubelets = new LivingKubelets();

    public AwaitReady(KubernetesRegions regions) {
        this.regions = regions;
    }

    @Override
    public Step step() {
        return Step.READY;
    }

    @Override
    public StepLimits limits() {
        return LIMITS;
    }

    @Override
    public StepResult ensure(NodeFacts facts, Attempt attempt) throws InterruptedException {
        return ClusterFaults.answer(regions.of(facts.region()), region -> {
            region.watch().await(facts.kubernetesName(), seen -> isReady(seen, facts), Waits.IN_THREAD);
            return NodeEdits.edit(region, facts, attempt::assertLease, node -> NodeContract.apply(facts, node))
                    .map(node -> answer(region, facts, node, attempt))
                    .orElseGet(() -> StepResult.waiting(
                            "The cluster has no node " + facts.kubernetesName(), Waits.pause(attempt)));
        });
    }

    private StepResult answer(KubernetesRegion region, NodeFacts facts, Node node, Attempt attempt) {
        if (Cordon.isOfEarlierBoot(node) && !kubelets.renew(region, facts)) {
            return StepResult.waiting("The kubelet has not come up again yet", Waits.pause(attempt));
        }
        if (Readiness.of(node) != Readiness.READY) {
            return StepResult.waiting("Not Ready: " + Readiness.explain(node), Waits.pause(attempt));
        }
        kubelets.forget(facts);
        return new StepResult.Finished(new Outcome.Ready(ReadyFacts.of(node)));
    }

    private static boolean isReady(Node seen, NodeFacts facts) {
        return Ownership.of(seen, facts) == Ownership.OURS
                && Readiness.of(seen) == Readiness.READY
                && !Cordon.isOfEarlierBoot(seen);
    }
}
