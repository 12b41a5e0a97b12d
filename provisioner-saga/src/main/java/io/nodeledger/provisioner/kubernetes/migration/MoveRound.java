package io.nodeledger.provisioner.kubernetes.migration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a round. */
public sealed interface MoveRound {
    /** Error code: no way of moving the pods keeps to what protects them. */
    String BLOCKED = "MIGRATION_BLOCKED";

    /**
     * Nothing is left on the nodes that pods have to leave, but for what is left there on purpose (on the way to dedicated
     * nodes these are Jobs and bare pods, otherwise nothing), and every workload has as many ready pods as it wants, or as
     * it had before, where it belongs.
     */
    record Moved(MoveProgress progress) implements MoveRound {}

    /**
     * There is more to do.
     *
     * @param progress null when the cluster did not answer
     * @param reason what keeps pods from moving on, for people; null when all goes its way
     * @param pause how long to wait before the next round
     */
    record Moving(@Nullable MoveProgress progress, @Nullable String reason, Duration pause) implements MoveRound {}

    /**
     * Another round would not help.
     *
     * @param code {@link #BLOCKED} or {@link io.nodeledger.provisioner.kubernetes.ClusterFaults#REFUSED}
     * @param reason for people
     */
    record Impossible(String code, String reason) implements MoveRound {}
}
