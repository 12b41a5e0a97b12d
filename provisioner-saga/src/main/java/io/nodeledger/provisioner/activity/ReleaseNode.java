package io.nodeledger.provisioner.activity;

import io.nodeledger.events.operation.Step;
import java.time.Duration;

/**
 * The last step of a deletion. There is nothing to do outside: recording it gives name, place and credits back to the
 * workspace, in one transaction with the node's end.
 */
final class ReleaseNode implements EnsureStep {
    @Override
    public Step step() {
        return Step.RELEASE;
    }

    @Override
    public StepLimits limits() {
        return StepLimits.of(Duration.ofMinutes(5), 20);
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) {
        return StepResult.done();
    }
}
