package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Duration;
import java.util.Set;

/**
 * Works on one stage in short rounds. A round is made again after a crash, also by another instance, so it looks first and
 * acts on the difference.
 */
interface StageWork {
    /** After a round that has recorded something: on at once. */
    Duration ON = Duration.ZERO;
    /** For what others are working on. */
    Duration SOON = Duration.ofMillis(500);

    /** What it works on. */
    Set<TransitionStage> stages();

    /**
     * Makes a round.
     *
     * @param transition as its stream says it is right now
     * @return how long to wait before the next one
     * @throws InterruptedException when the instance shuts down
     */
    Duration round(TransitionRecord transition, Turn turn) throws InterruptedException;
}
