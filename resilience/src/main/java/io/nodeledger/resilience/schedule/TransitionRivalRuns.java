package io.nodeledger.resilience.schedule;

import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.crash.CrashPoint.Moment;
import io.nodeledger.resilience.crash.Pause;
import io.nodeledger.resilience.world.Life;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two instances that work on a transition, though it should be one at a time. */
public final class TransitionRivalRuns {
    private static final List<String> WHERE = List.of(
            "commit region_turn (transition)",
            "commit transition_workload",
            "commit running_transition",
            "commit domain_event (MigrationStarted)",
            "commit domain_event (WorkloadsMoved)",
            "commit domain_event (PlacementSwitched, PlacementChanged)");
    /** A transition claims its turn at least so often. */
    private static final int CLAIMS = 20;

    private static final int OFTEN = 3;
    /** Longer than an instance believes in its claim without asking, and shorter than the claim. */
    private static final Duration SILENCE = Duration.ofSeconds(6);

    private final Harness harness;
    private final Course course;
    private final MigrationStrategy strategy;
    private final DutyTurn turn;

    public TransitionRivalRuns(Harness harness, Course course, MigrationStrategy strategy) {
        this.harness = harness;
        this.course = course;
        this.strategy = strategy;
        this.turn = DutyTurn.transitions(harness.world().database());
    }

    /** What a harness needs for these runs. */
    public static String[] settings() {
        return Stream.concat(Stream.of(TransitionRuns.settings()), Stream.of(Life.SHARING))
                .toArray(String[]::new);
    }

    /** Where an instance may stand still: most often right before a call that it has claimed its turn for. */
    public static CrashPoint pointOf(Random random) {
        boolean claimed = random.nextBoolean();
        String label = claimed ? WHERE.getFirst() : WHERE.get(random.nextInt(WHERE.size()));
        boolean once = label.startsWith("commit domain_event");
        int occurrence = once ? 1 : 1 + random.nextInt(label.equals(WHERE.getFirst()) ? CLAIMS : OFTEN);
        return new CrashPoint(label, occurrence, random.nextBoolean() ? Moment.BEFORE : Moment.AFTER);
    }

    /**
     * The instance stands still at a point of its work, for so long that it loses its turn to one that begins then. It goes on
     * with what it knew as soon as something has happened, or once all is over.
     *
     * @return what is not as it has to be
     */
    public List<String> pause(CrashPoint point, boolean untilAllIsOver) throws InterruptedException {
        try (var rival = new Rival(point, untilAllIsOver);
                var script = new TransitionScript(harness, course, strategy, rival)) {
            script.begin();
            rival.arm();
            script.go();
            rival.goOn();
            return script.violations();
        }
    }

    /** Takes the turn over when the instance has come to the point. */
    private final class Rival implements Runnable, AutoCloseable {
        private final CrashPoint point;
        private final boolean untilAllIsOver;
        private @Nullable Pause pause;
        private @Nullable Life life;
        private int eventsBefore;
        private long begunAt;

        Rival(CrashPoint point, boolean untilAllIsOver) {
            this.point = point;
            this.untilAllIsOver = untilAllIsOver;
        }

        void arm() {
            harness.life().crashes().arm(null);
            pause = harness.life().crashes().pauseAt(point);
        }

        @Override
        public void run() {
            if (pause == null || !pause.hasArrived()) {
                return;
            }
            if (life == null) {
                eventsBefore = events();
                begunAt = System.nanoTime();
                life = another();
                turn.end();
            } else if (!untilAllIsOver && events() > eventsBefore && isSilent()) {
                pause.goOn();
            }
        }

        private boolean isSilent() {
            return System.nanoTime() - begunAt > SILENCE.toNanos();
        }

        /** All is over; not before the instance has been silent for so long that it asks whether it is still its turn. */
        void goOn() throws InterruptedException {
            if (pause != null && pause.hasArrived() && life != null) {
                harness.until(this::isSilent, () -> {});
            }
            release();
        }

        private void release() {
            if (pause != null) {
                pause.goOn();
            }
        }

        @Override
        public void close() {
            release();
            if (life != null) {
                life.close();
            }
        }
    }

    /**
     * Each instance believes again and again that it is its turn, in the middle of the other's.
     *
     * @return what is not as it has to be
     */
    public List<String> atOnce() throws InterruptedException {
        try (Life other = another();
                var script = new TransitionScript(harness, course, strategy, () -> {})) {
            script.begin();
            other.crashes().arm(null);
            harness.life().crashes().arm(null);
            var over = new AtomicBoolean();
            Thread confusion = Thread.ofPlatform().name("no-turns").start(() -> {
                while (!over.get()) {
                    turn.end();
                }
            });
            try {
                script.go();
            } finally {
                over.set(true);
                confusion.join();
            }
            return script.violations();
        }
    }

    private int events() {
        return harness.stores().log().size();
    }

    private Life another() {
        return harness.world().beginAnother(List.of(settings()));
    }
}
