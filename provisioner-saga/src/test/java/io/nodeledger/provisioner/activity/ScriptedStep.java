package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A step whose results a test sets; when the script is used up, it succeeds. */
final class ScriptedStep implements EnsureStep {
    /** One scripted call. */
    interface Call {
        StepResult play(NodeFacts node, Attempt attempt) throws InterruptedException;
    }

    /** Tests of what becomes of a step are not about how busy the machine is. */
    private static final Duration AMPLE = Duration.ofSeconds(30);

    private final Step step;
    private final Queue<Call> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Duration deadline = AMPLE;

    ScriptedStep(Step step) {
        this.step = step;
    }

    void next(Call call) {
        script.add(call);
    }

    /** From its next look on, until the script is forgotten, the step has no more time than that. */
    void within(Duration shorter) {
        deadline = shorter;
    }

    void forget() {
        script.clear();
        deadline = AMPLE;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public Step step() {
        return step;
    }

    @Override
    public StepLimits limits() {
        return new StepLimits(deadline, 3, Duration.ofMillis(10), Duration.ofMillis(20));
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        calls.incrementAndGet();
        Call call = script.poll();
        return call == null ? success() : call.play(node, attempt);
    }

    private StepResult success() {
        return switch (step) {
            case ALLOCATE -> new StepResult.Finished(new Outcome.Allocated("pve1", 100, "local"));
            case ADDRESS -> new StepResult.Finished(new Outcome.Addressed("10.0.1.100", null));
            case READY ->
                new StepResult.Finished(new Outcome.Ready(new KubernetesFacts(
                        "n", "u", Map.of(), Map.of(), "6.8", "Ubuntu", "containerd://2", "v1.36.0")));
            default -> StepResult.done();
        };
    }
}
