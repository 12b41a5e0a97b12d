package io.nodeledger.provisioner.transition;

import io.nodeledger.events.node.MembershipEvent.TransitionJoined;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.DedicatedTransitionStarted;
import io.nodeledger.events.transition.TransitionEvent.NodeBackedUp;
import io.nodeledger.events.transition.TransitionEvent.TransitionCancelled;
import io.nodeledger.events.transition.TransitionEvent.TransitionCompleted;
import io.nodeledger.events.transition.TransitionEvent.TransitionFailed;
import io.nodeledger.events.transition.TransitionEvent.TransitionNodeDrained;
import io.nodeledger.events.transition.TransitionEvent.WorkloadsMoved;
import java.time.InstantSource;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;

/** Keeps which transitions there is something to do for, in one transaction with its token. */
final class TransitionIntake {
    private final RunningTransitions running;
    private final TransitionStreams streams;
    private final PartDurations durations;
    private final DirectedRegions regions;
    private final InstantSource clock;

    TransitionIntake(
            RunningTransitions running,
            TransitionStreams streams,
            PartDurations durations,
            DirectedRegions regions,
            InstantSource clock) {
        this.regions = regions;
        this.running = running;
        this.streams = streams;
        this.durations = durations;
        this.clock = clock;
    }

    @EventHandler
    void on(TransitionEvent event, @SequenceNumber long sequence) {
        if (event instanceof NodeBackedUp
                || event instanceof TransitionNodeDrained
                || event instanceof WorkloadsMoved) {
            durations.keep(streams.events(event.transitionId(), sequence));
        }
        if (event instanceof DedicatedTransitionStarted started) {
            regions.add(started.workspaceId(), started.region());
        }
        boolean ended = event instanceof TransitionCompleted
                || event instanceof TransitionFailed
                || event instanceof TransitionCancelled;
        if (!ended) {
            running.due(event.transitionId(), event.workspaceId(), clock.instant());
        }
    }

    /** Also when the transition has ended meanwhile: the node must not stay its own. */
    @EventHandler
    void on(TransitionJoined event) {
        running.due(event.transitionId(), event.workspaceId(), clock.instant());
    }
}
