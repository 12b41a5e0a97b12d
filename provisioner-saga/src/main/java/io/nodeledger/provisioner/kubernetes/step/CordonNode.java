package io.nodeledger.provisioner.kubernetes.step;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.node.Cordon;
import io.nodeledger.provisioner.kubernetes.node.NodeEdits;
import java.time.Duration;

/** Keeps new pods away from the node. */
public final class CordonNode implements EnsureStep {
    private static final StepLimits LIMITS = StepLimits.of(Duration.ofMinutes(10), 60);

    private final KubernetesRegions regions;

    public CordonNode(KubernetesRegions regions) {
        this.regions = regions;
    }

    @Override
    public Step step() {
        return Step.CORDON;
    }

    @Override
    public StepLimits limits() {
        return LIMITS;
    }

    @Override
    public StepResult ensure(NodeFacts facts, Attempt attempt) throws InterruptedException {
        var result = ClusterFaults.answer(
                regions.of(facts.region()),
                region -> NodeEdits.edit(region, facts, attempt::assertLease, Cordon::close)
                        .map(node -> StepResult.done())
                        .orElseGet(() -> StepResult.done("no Kubernetes node")));
        return result instanceof StepResult.RetryLater(String reason) && isNotNeeded(facts)
                ? StepResult.done("skipped: forced. " + reason)
                : result;
    }

    /** Force is for when the cluster does not answer, too; only what is to run again afterwards needs it to. */
    private static boolean isNotNeeded(NodeFacts facts) {
        var operation = facts.operation();
        return operation != null && operation.force() && operation.type() != OperationType.REBOOT;
    }
}
