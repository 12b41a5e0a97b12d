package io.nodeledger.base.idempotency;

/**
 * Another instance committed the answer to the same key while this one decided. Thrown so that what was decided here is
 * rolled back; {@link RepeatableCalls} gives the other's answer.
 */
public final class AnsweredMeanwhile extends RuntimeException {
    private final transient KeptAnswer answer;

    AnsweredMeanwhile(KeptAnswer answer) {
        super("the key was answered meanwhile", null, false, false);
        this.answer = answer;
    }

    KeptAnswer answer() {
        return answer;
    }
}
