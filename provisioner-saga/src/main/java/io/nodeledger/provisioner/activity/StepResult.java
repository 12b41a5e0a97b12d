package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.Outcome;
import java.time.Duration;

/** What came of one call of an {@link EnsureStep}. */
public sealed interface StepResult {
    /** The step has ended with this outcome, good or bad. */
    record Finished(Outcome outcome) implements StepResult {}

    /** The provider works on it; look again after the pause. Not a failed attempt. */
    record Waiting(String reason, Duration pause) implements StepResult {}

    /** The step has not begun: others are before it. Look again after the pause; its clock begins then. */
    record Queued(String reason, Duration pause) implements StepResult {}

    /** Something passing went wrong; try again with backoff. A failed attempt. */
    record RetryLater(String reason) implements StepResult {}

    /** Nobody but a person can go on from here: {@code needs_attention}. */
    record Stuck(String code, String reason) implements StepResult {}

    /** The step is done. */
    static StepResult done() {
        return new Finished(new Outcome.Done(null));
    }

    /** The step is done, with something worth showing. */
    static StepResult done(String detail) {
        return new Finished(new Outcome.Done(detail));
    }

    /** The step can't be done; the operation is undone. */
    static StepResult failed(String code, String reason) {
        return new Finished(new Outcome.Failed(code, reason));
    }

    /** Look again soon. */
    static StepResult waiting(String reason, Duration pause) {
        return new Waiting(reason, pause);
    }

    /** Try again with backoff. */
    static StepResult retry(String reason) {
        return new RetryLater(reason);
    }
}
