package io.nodeledger.provisioner.kubernetes.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.MachineCondition;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.node.Cordon;
import io.nodeledger.provisioner.kubernetes.node.NodeEdits;
import java.time.Duration;

/**
 * Lets new pods onto the node again, unless a person had cordoned it before the platform did. A machine that is off when
 * its operation turns back stays closed, as a stopped node is.
 */
public final class UncordonNode implements EnsureStep {
    private static final StepLimits LIMITS = StepLimits.of(Duration.ofMinutes(10), 60);

    private final KubernetesRegions regions;

    public UncordonNode(KubernetesRegions regions) {
        this.regions = regions;
    }

    @Override
    public Step step() {
        return Step.UNCORDON;
    }

    @Override
    public StepLimits limits() {
        return LIMITS;
    }

    @Override
    public StepResult ensure(NodeFacts facts, Attempt attempt) throws InterruptedException {
        var operation = facts.operation();
        if (operation != null && operation.compensating() && operation.machine() != MachineCondition.ON) {
            return StepResult.done("left closed: the machine is off");
        }
        return ClusterFaults.answer(
                regions.of(facts.region()),
                region -> NodeEdits.edit(region, facts, attempt::assertLease, Cordon::open)
                        .map(node -> StepResult.done())
                        .orElseGet(() -> StepResult.done("no Kubernetes node")));
    }
}
