package io.nodeledger.provisioner.kubernetes.step;

import io.fabric8.kubernetes.api.model.Node;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.MachineCondition;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.RunningOperation;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.drain.Drain;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.kubernetes.drain.SeenBlockers;
import io.nodeledger.provisioner.kubernetes.node.Ownership;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** Moves the pods away, in rounds; an operation with force leaves them to their fate. */
public final class DrainNode implements EnsureStep {
    /** The longest drain that a request may ask for, an hour (source: API decisions), and time to clear away the rest. */
    private static final StepLimits LIMITS = StepLimits.of(Duration.ofMinutes(70), 200);

    private final KubernetesRegions regions;
    private final DrainSettings settings;
    private final ConcurrentHashMap<String, SeenBlockers> seen = new ConcurrentHashMap<>();

    public DrainNode(KubernetesRegions regions, DrainSettings settings) {
        this.regions = regions;
        this.settings = settings;
    }

    @Override
    public Step step() {
        return Step.DRAIN;
    }

    @Override
    public StepLimits limits() {
        return LIMITS;
    }

    @Override
    public StepResult ensure(NodeFacts facts, Attempt attempt) throws InterruptedException {
        var operation = facts.operation();
        if (operation == null || operation.force()) {
            seen.remove(facts.nodeId());
            return StepResult.done(operation == null ? "skipped: no operation" : "skipped: forced");
        }
        var result = ClusterFaults.answer(regions.of(facts.region()), region -> {
            var node = region.node(facts.kubernetesName())
                    .filter(found -> Ownership.of(found, facts) != Ownership.FOREIGN);
            return node.isEmpty()
                    ? StepResult.done("no Kubernetes node")
                    : drain(region, node.get(), operation, facts, attempt);
        });
        if (result instanceof StepResult.Finished) {
            seen.remove(facts.nodeId());
        }
        return result;
    }

    private StepResult drain(
            KubernetesRegion region, Node node, RunningOperation operation, NodeFacts facts, Attempt attempt)
            throws InterruptedException {
        boolean unreachable = Readiness.of(node) == Readiness.UNREACHABLE;
        if (unreachable && operation.machine() == MachineCondition.GONE) {
            return StepResult.done("skipped: the pods were lost with the machine");
        }
        // On a machine that is off nothing ends a pod, so there is nothing to wait for once the cluster knows it, too.
        var end = unreachable && operation.machine() == MachineCondition.OFF
                ? attempt.now()
                : attempt.startedAt().plusSeconds(operation.drainTimeoutSeconds());
        var reported = seen.compute(
                facts.nodeId(),
                (_, before) ->
                        before != null && before.isOf(operation.id()) ? before : new SeenBlockers(operation.id()));
        return new Drain(region, node, attempt, end, settings, reported).round();
    }
}
