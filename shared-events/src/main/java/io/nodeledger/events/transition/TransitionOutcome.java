package io.nodeledger.events.transition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of working on a transition. */
public sealed interface TransitionOutcome {
    /** What follows from a window, and from no other: a change of the window is accepted until it has opened. */
    sealed interface OfWindow extends TransitionOutcome {
        /** The window that was looked at; absent when workloads may be disturbed at any time. */
        @Nullable
        MaintenanceWindow window();
    }

    /** The window is open. */
    record WindowOpened(@Nullable MaintenanceWindow window) implements OfWindow {}

    /** The window leaves too little time, and nothing was begun in it. */
    record WindowMissed(MaintenanceWindow window, String reason, Instant until) implements OfWindow {}

    /** The window is over, and there was no other in time. */
    record WindowExpired(MaintenanceWindow window) implements OfWindow {}

    /** The nodes are the transition's alone. */
    record Reserved(List<TransitionNode> nodes) implements TransitionOutcome {}

    /** A new node runs. */
    record NodeReady(String nodeId) implements TransitionOutcome {}

    /** The provider works on a backup. */
    record BackupBegun(String nodeId, String upid) implements TransitionOutcome {}

    /** A backup is there. */
    record BackedUp(String nodeId, String volumeId, long bytes) implements TransitionOutcome {}

    /** It is known what there is to move, and that it can be; see {@link TransitionEvent.MigrationStarted}. */
    record Prepared(Map<String, List<String>> directed, Map<String, Integer> unwell, List<String> unmanaged)
            implements TransitionOutcome {}

    /** A node has no workloads any more. */
    record NodeDrained(String nodeId) implements TransitionOutcome {}

    /** Every workload runs where it is to. */
    record WorkloadsMoved(int pods) implements TransitionOutcome {}

    /** The placement is to be the new one now. */
    record Switch() implements TransitionOutcome {}

    /** A node is gone. */
    record NodeRemoved(String nodeId) implements TransitionOutcome {}

    /** The window that is open closes, or leaves too little time. */
    record WindowClosed(String reason, Instant until) implements TransitionOutcome {}

    /** It can't be done. */
    record Failed(String code, String reason) implements TransitionOutcome {}

    /** Every workload runs where it ran before. */
    record WorkloadsMovedBack() implements TransitionOutcome {}

    /** The nodes are their users' again. */
    record GivenBack() implements TransitionOutcome {}

    /** It waits, for a reason that people should see. */
    record Delayed(String reason) implements TransitionOutcome {}

    /** It does not get on without a person. */
    record Stuck(String reason) implements TransitionOutcome {}

    /** All is done, or undone. */
    record Concluded() implements TransitionOutcome {}
}
