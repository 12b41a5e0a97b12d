package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.schedule.CrashRuns.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Charges workspaces for some days with crashes on the way, and checks that every cent is where it belongs. */
public final class ChargeRuns {
    private final Harness harness;
    private final ChargingTurn turn;

    public ChargeRuns(Harness harness) {
        this.harness = harness;
        this.turn = new ChargingTurn(harness.world().database());
    }

    /** What a harness needs for these runs. */
    public static String[] settings() {
        return Stream.concat(Stream.of(ReplayRuns.settings()), Stream.of("--nodeledger.credits.check-interval=100ms"))
                .toArray(String[]::new);
    }

    /** The points that charging passes, in their order. */
    public List<CrashPoint> record() throws InterruptedException {
        Outcome undisturbed = run(List.of());
        if (!undisturbed.violations().isEmpty()) {
            throw new IllegalStateException("Nothing has crashed, and yet " + undisturbed.violations());
        }
        return undisturbed.passed();
    }

    /** Lets some days pass, crashing at each of the points in turn, see {@link CrashRuns#run}. */
    public Outcome run(List<CrashPoint> points) throws InterruptedException {
        var left = new ArrayDeque<>(points);
        var passed = new ArrayList<CrashPoint>();
        var crashes = new ArrayList<CrashPoint>();
        Runnable keepAlive = () -> harness.life().crashed().ifPresent(point -> {
            crashes.add(point);
            harness.restart(left.poll());
            turn.end();
        });
        var script = new ChargeScript(harness, keepAlive);
        script.begin();
        harness.life().crashes().arm(left.poll());
        script.live();
        harness.life().crashes().passed().stream()
                .filter(ChargeRuns::isOfCharging)
                .forEach(passed::add);
        harness.life().crashes().arm(null);
        // The last day's last point may be passed after its effect was seen.
        keepAlive.run();
        return new Outcome(crashes.size(), passed, script.violations());
    }

    private static boolean isOfCharging(CrashPoint point) {
        return point.label().matches("command .*|.*\\bWorkspaceCharged\\b.*|commit charged_workspace.*");
    }
}
