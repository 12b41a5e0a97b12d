package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.crash.Pause;
import io.nodeledger.resilience.world.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Two instances that charge, though it should be one at a time. */
public final class ChargeRivalRuns {
    private static final int DAYS_AT_ONCE = 5;
    private static final int TRIES = 5;

    private final Harness harness;
    private final DutyTurn turn;

    public ChargeRivalRuns(Harness harness) {
        this.harness = harness;
        this.turn = DutyTurn.charging(harness.world().database());
    }

    /** What a harness needs for these runs. */
    public static String[] settings() {
        return Stream.concat(Stream.of(ChargeRuns.settings()), Stream.of(Life.SHARING))
                .toArray(String[]::new);
    }

    /**
     * One instance stands still at a point of its charging, for so long that it loses its turn. The other one charges that
     * day, learns more of it and charges the next; then the first goes on with what it knew.
     *
     * @return what is not as it has to be
     */
    public List<String> pause(CrashPoint point) throws InterruptedException {
        try (Life other = another()) {
            var script = begun();
            List<Pause> pauses = Stream.of(harness.life(), other)
                    .map(life -> life.crashes().pauseAt(point))
                    .toList();
            var found = new ArrayList<String>();
            script.pass(1);
            if (!harness.until(() -> pauses.stream().anyMatch(Pause::hasArrived), () -> {})) {
                found.add("Nobody came to " + point);
            }
            pauses.stream().filter(pause -> !pause.hasArrived()).forEach(Pause::goOn);
            turn.end();
            script.charge(0);
            script.stopLate();
            script.charge(1);
            pauses.forEach(Pause::goOn);
            script.live();
            found.addAll(script.violations());
            return found;
        }
    }

    /**
     * Each instance believes again and again that it is its turn, in the middle of the other's.
     *
     * @return what is not as it has to be
     */
    public List<String> atOnce() throws InterruptedException {
        try (Life other = another()) {
            var script = begun();
            var found = new ArrayList<String>();
            var over = new AtomicBoolean();
            Thread confusion = Thread.ofPlatform().name("no-turns").start(() -> {
                while (!over.get()) {
                    turn.end();
                }
            });
            try {
                int tries = 0;
                while (!(hasCharged(harness.life()) && hasCharged(other)) && tries++ < TRIES) {
                    script.charge(DAYS_AT_ONCE);
                }
                if (tries > TRIES) {
                    found.add("Only one of two instances has charged");
                }
                script.live();
            } finally {
                over.set(true);
                confusion.join();
            }
            found.addAll(script.violations());
            return found;
        }
    }

    private Life another() {
        return harness.world().beginAnother(List.of(settings()));
    }

    private ChargeScript begun() throws InterruptedException {
        var script = new ChargeScript(harness, () -> {});
        script.begin();
        // It may still be that of an instance of an earlier run.
        turn.end();
        harness.life().crashes().arm(null);
        return script;
    }

    private static boolean hasCharged(Life life) {
        return life.crashes().passed().stream().anyMatch(point -> point.label().contains("WorkspaceCharged"));
    }
}
