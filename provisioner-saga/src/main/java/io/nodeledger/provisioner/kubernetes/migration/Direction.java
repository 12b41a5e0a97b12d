package io.nodeledger.provisioner.kubernetes.migration;

/** What came of directing namespaces. */
public sealed interface Direction {
    /** New pods go to the target from now on. */
    record Directed() implements Direction {}

    /**
     * They can't be directed; whatever was annotated is still there, for {@link Target.Shared} to take away.
     *
     * @param code {@link MoveRound#BLOCKED} or {@link io.nodeledger.provisioner.kubernetes.ClusterFaults#REFUSED}
     * @param reason for people
     */
    record Impossible(String code, String reason) implements Direction {}

    /** The cluster did not answer, or somebody else was always faster; directing again may help. */
    record Unanswered(String reason) implements Direction {}
}
