package io.nodeledger.provisioner.activity;

import io.nodeledger.events.operation.Step;

/**
 * Does one step at a provider, or finds it done. It is called again after a crash, a time-out or a lost reply, also by
 * another instance, so it looks first, adopts what is there and acts only on the difference (source: architecture,
 * "Ensure, never create").
 */
public interface EnsureStep {
    /** The step that this does. */
    Step step();

    /** How long and how often it is tried. */
    StepLimits limits();

    /**
     * Brings the outside to where the step wants it, as far as one short call can.
     *
     * @param node what the node's stream says right now
     * @param attempt the attempt this call belongs to
     * @return what came of it; waits for slow providers are answered with {@link StepResult.Waiting}
     * @throws InterruptedException when the instance shuts down
     */
    StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException;
}
