package io.nodeledger.provisioner.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionScheduled;
import io.nodeledger.events.transition.TransitionEvent.TransitionPaused;
import io.nodeledger.events.transition.TransitionEvent.WindowChanged;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A window of an hour for a transition whose nodes take three minutes each; the clock goes on, stands, or leaps. */
class AwaitWindowTest {
    private static final Instant START = Instant.parse("2026-03-29T02:00:00Z");
    private static final MaintenanceWindow WINDOW = new MaintenanceWindow(START, START.plusSeconds(3_600));
    private static final Duration WAIT = Duration.ofDays(7);

    private static final TransitionDurations DURATIONS = new TransitionDurations(900, 300, 180, 600);

    private final AwaitWindow stage = new AwaitWindow(WAIT);

    @Test
    void itOpensWhenItBeginsAndNotBefore() {
        assertThat(toldAt(START.minusMillis(1), scheduled(WINDOW))).isEmpty();
        assertThat(toldAt(START, scheduled(WINDOW))).containsExactly(new TransitionOutcome.WindowOpened(WINDOW));
        assertThat(toldAt(START.plusSeconds(3_600 - 180 + 18), scheduled(WINDOW)))
                .containsExactly(new TransitionOutcome.WindowOpened(WINDOW));
    }

    @Test
    void oneThatIsAsLongAsItsNodeTakesIsNotMissedByAMoment() {
        for (long seconds : List.of(180, 5, 1)) {
            var exact = new MaintenanceWindow(START, START.plusSeconds(seconds));
            var durations = new TransitionDurations(900, 300, seconds, 600);
            TransitionRecord scheduled = scheduled(exact, durations, false, "node-1");

            assertThat(toldAt(START.plusMillis(900), scheduled))
                    .containsExactly(new TransitionOutcome.WindowOpened(exact));
            assertThat(toldAt(exact.end(), scheduled))
                    .singleElement()
                    .isInstanceOf(TransitionOutcome.WindowMissed.class);
        }
    }

    @Test
    void withoutAWindowItIsOpen() {
        assertThat(toldAt(START, scheduled(null))).containsExactly(new TransitionOutcome.WindowOpened(null));
    }

    @Test
    void aClockThatLeapsOverTheWindowPausesTheTransition() {
        Instant after = START.plusSeconds(3_600 - 180 + 19);

        assertThat(toldAt(after, scheduled(WINDOW)))
                .singleElement()
                .isInstanceOfSatisfying(TransitionOutcome.WindowMissed.class, missed -> {
                    assertThat(missed.window()).isEqualTo(WINDOW);
                    assertThat(missed.until()).isEqualTo(after.plus(WAIT));
                });
    }

    @Test
    void aPausedOneTakesTheNextWindowAndIsUndoneWhenThereIsNone() {
        Instant until = START.plusSeconds(90_000);
        TransitionRecord paused = after(scheduled(WINDOW), new TransitionPaused("trans-1", "ws-1", "", until, START));
        var next = new MaintenanceWindow(START.plusSeconds(80_000), START.plusSeconds(83_600));
        TransitionRecord moved = after(paused, new WindowChanged("trans-1", "ws-1", next, START));

        assertThat(toldAt(until.minusSeconds(1), paused)).isEmpty();
        assertThat(toldAt(until, paused)).containsExactly(new TransitionOutcome.WindowExpired(WINDOW));
        assertThat(toldAt(next.start().minusSeconds(1), moved)).isEmpty();
        assertThat(toldAt(next.start(), moved)).containsExactly(new TransitionOutcome.WindowOpened(next));
    }

    @Test
    void aWindowFarAheadDoesNotKeepAPausedOneFromBeingUndone() {
        Instant until = START.plusSeconds(90_000);
        TransitionRecord paused = after(scheduled(WINDOW), new TransitionPaused("trans-1", "ws-1", "", until, START));
        var late = new MaintenanceWindow(until.plusSeconds(1), until.plusSeconds(3_600));
        TransitionRecord moved = after(paused, new WindowChanged("trans-1", "ws-1", late, START));

        assertThat(toldAt(until.minusMillis(1), moved)).isEmpty();
        assertThat(toldAt(until, moved)).containsExactly(new TransitionOutcome.WindowExpired(late));
    }

    @Test
    void itLeavesTimeForTheBackupsToo() {
        TransitionRecord five = scheduled(WINDOW, true, "node-1", "node-2", "node-3", "node-4", "node-5");
        Instant last = WINDOW.end().minusSeconds(600 + 600 + 180 - 60);

        assertThat(toldAt(last, five)).containsExactly(new TransitionOutcome.WindowOpened(WINDOW));
        assertThat(toldAt(last.plusSeconds(1), five))
                .singleElement()
                .isInstanceOf(TransitionOutcome.WindowMissed.class);
    }

    @Test
    void nobodySleepsForDays() {
        Turns turns = new Turns(START.minus(Duration.ofDays(3)));

        assertThat(stage.round(scheduled(WINDOW), turns)).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
    }

    private List<TransitionOutcome> toldAt(Instant now, TransitionRecord transition) {
        var turns = new Turns(now);
        stage.round(transition, turns);
        return turns.told;
    }

    private static TransitionRecord scheduled(@Nullable MaintenanceWindow window) {
        return scheduled(window, false, "node-1");
    }

    private static TransitionRecord scheduled(@Nullable MaintenanceWindow window, boolean backup, String... nodes) {
        return scheduled(window, DURATIONS, backup, nodes);
    }

    private static TransitionRecord scheduled(
            @Nullable MaintenanceWindow window, TransitionDurations durations, boolean backup, String... nodes) {
        return after(
                null,
                new SharedTransitionScheduled(
                        "trans-1",
                        "ws-1",
                        "ws-1",
                        MigrationStrategy.ROLLING,
                        window,
                        backup,
                        List.of(nodes),
                        durations.drain(),
                        durations.drain(),
                        durations,
                        START.minusSeconds(600)));
    }

    private static TransitionRecord after(@Nullable TransitionRecord before, TransitionEvent event) {
        return TransitionFold.after(before, event);
    }

    /** A turn at a moment. */
    private static final class Turns implements Turn {
        private final Instant now;
        private final List<TransitionOutcome> told = new ArrayList<>();

        Turns(Instant now) {
            this.now = now;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public String begunUnit() {
            return "";
        }

        @Override
        public void begin(String unit) {
            throw new AssertionError("Nothing is begun while a window is waited for");
        }

        @Override
        public void waitsFor(String reason) {
            throw new AssertionError("Waiting for a window is nothing to complain of");
        }

        @Override
        public void askPeople(String reason) {
            throw new AssertionError("Nobody is needed while a window is waited for");
        }

        @Override
        public void progress(long number) {
            throw new AssertionError("There is no progress while a window is waited for");
        }

        @Override
        public void record(TransitionOutcome outcome) {
            told.add(outcome);
        }

        @Override
        public void assertLease() {
            throw new AssertionError("Nothing is changed while a window is waited for");
        }
    }
}
