package io.nodeledger.provisioner.transition;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.BackupStarted;
import io.nodeledger.events.transition.TransitionEvent.MigrationStarted;
import io.nodeledger.events.transition.TransitionEvent.NodeBackedUp;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionScheduled;
import io.nodeledger.events.transition.TransitionEvent.TransitionNodeDrained;
import io.nodeledger.events.transition.TransitionEvent.TransitionPaused;
import io.nodeledger.events.transition.TransitionEvent.TransitionResumed;
import io.nodeledger.provisioner.reconciliation.OperationDurations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which times are taken of a transition that empties its nodes one by one. */
class PartDurationsTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T10:00:00Z");

    private final OperationDurations durations = mock();
    private final PartDurations parts = new PartDurations(durations);

    @Test
    void aDrainBeginsWithTheMoveOrWithTheDrainBefore() {
        keep(scheduled(), migrating(60), drained("node-1", 160));
        keep(scheduled(), migrating(60), drained("node-1", 160), drained("node-2", 401));

        verify(durations).keep("TRANSITION_DRAIN", Duration.ofSeconds(100));
        verify(durations).keep("TRANSITION_DRAIN", Duration.ofSeconds(241));
    }

    @Test
    void backupsThatAreMadeAnewAfterAPauseAreNoPartOfIt() {
        keep(
                scheduled(),
                migrating(60),
                drained("node-1", 160),
                new TransitionPaused("trans-1", "ws-1", "It closes", at(900), at(170)),
                new TransitionResumed("trans-1", "ws-1", at(1_000)),
                new BackupStarted("trans-1", "ws-1", "node-2", "UPID:2", at(1_001)),
                new NodeBackedUp("trans-1", "ws-1", "node-2", "nfs:backup/2", 4_096, at(1_600)),
                drained("node-2", 1_700));

        verify(durations).keep("TRANSITION_DRAIN", Duration.ofSeconds(100));
        verifyNoMoreInteractions(durations);
    }

    @Test
    void withoutBackupsItBeginsWhenAPauseEnds() {
        keep(
                scheduled(),
                migrating(60),
                new TransitionPaused("trans-1", "ws-1", "It closes", at(900), at(170)),
                new TransitionResumed("trans-1", "ws-1", at(1_000)),
                drained("node-1", 1_100));

        verify(durations).keep("TRANSITION_DRAIN", Duration.ofSeconds(100));
    }

    private void keep(TransitionEvent... stream) {
        parts.keep(List.of(stream));
    }

    private static TransitionEvent scheduled() {
        return new SharedTransitionScheduled(
                "trans-1",
                "ws-1",
                "ws-1",
                MigrationStrategy.ROLLING,
                null,
                true,
                List.of("node-1", "node-2"),
                660,
                180,
                null,
                BEGIN);
    }

    private static TransitionEvent migrating(long second) {
        return new MigrationStarted("trans-1", "ws-1", Map.of(), Map.of(), List.of(), at(second));
    }

    private static TransitionEvent drained(String node, long second) {
        return new TransitionNodeDrained("trans-1", "ws-1", node, at(second));
    }

    private static Instant at(long second) {
        return BEGIN.plusSeconds(second);
    }
}
