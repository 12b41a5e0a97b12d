package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.activity.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for the removal from Kubernetes: answers as told and remembers for which nodes it was done. */
final class RemovedFromKubernetes implements EnsureStep {
    final List<String> nodes = new CopyOnWriteArrayList<>();
    volatile StepResult answer = StepResult.done();

    @Override
    public Step step() {
        return Step.REMOVE_FROM_KUBERNETES;
    }

    @Override
    public StepLimits limits() {
        return StepLimits.of(Duration.ofMinutes(1), 5);
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) {
        nodes.add(node.nodeId());
        return answer;
    }
}
